package dev.langevin.tensor;

/** How a batch's noise levels are drawn from the objective's law. */
public enum LevelDraws {
  /** Spread evenly over it, of low discrepancy (Kingma et al. 2021): {@link dev.langevin.objective.LevelLaw#spread}. */
  SPREAD,

  /** One by one. */
  INDEPENDENT,

  /** More often where the loss is large, with weights that undo it (Nichol &amp; Dhariwal 2021): {@link dev.langevin.objective.ImportanceLevels}. */
  IMPORTANCE
}
