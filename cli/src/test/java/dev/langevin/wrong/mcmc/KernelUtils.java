package dev.langevin.wrong.mcmc;

/** Has a name that says nothing. */
public final class KernelUtils {
  private KernelUtils() {}
}
