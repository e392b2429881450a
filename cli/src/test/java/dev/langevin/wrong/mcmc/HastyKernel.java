package dev.langevin.wrong.mcmc;

import dev.langevin.wrong.chain.RunOfChains;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.Pointer;

/** Does most of what a kernel in core must not do; never run. */
public final class HastyKernel {
  private final DoubleUnaryOperator log = Math::log;

  /** Calls the first of them. */
  public double step(RunOfChains chains, double x) {
    File file = new File("draws");
    double clock = System.nanoTime() + Instant.now().getNano() + System.getenv().size();
    double noise = new Random().nextGaussian() + Math.random();
    noise += ThreadLocalRandom.current().nextDouble();
    List<Double> all = new ArrayList<>(List.of(clock, noise, chains.length()));
    Collections.shuffle(all);
    return log.applyAsDouble(Math.exp(x)) + file.length() + all.get(0);
  }

  /** Calls the others. */
  public boolean start(Runnable task) {
    new Thread(task).start();
    Executors.newCachedThreadPool().execute(task);
    return CompletableFuture.runAsync(task).isDone() || new Pointer().isNull();
  }
}
