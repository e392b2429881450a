/** Densities, samplers, noisings, solvers, objectives, diagnostics: pure Java, no native code, no files, no clocks. */
module dev.langevin.core {
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.sampling;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.numbers.gamma;
  requires ejml.core;
  requires ejml.ddense;
  requires static transitive org.jspecify;

  exports dev.langevin.adapt;
  exports dev.langevin.anneal;
  exports dev.langevin.chain;
  exports dev.langevin.check;
  exports dev.langevin.density.target;
  exports dev.langevin.density;
  exports dev.langevin.diagnostics;
  exports dev.langevin.diffusion;
  exports dev.langevin.distance;
  exports dev.langevin.energy;
  exports dev.langevin.interchange;
  exports dev.langevin.math;
  exports dev.langevin.mcmc;
  exports dev.langevin.mixture;
  exports dev.langevin.objective;
  exports dev.langevin.random;
  exports dev.langevin.solver;
  exports dev.langevin.spin;
  exports dev.langevin.table;
  exports dev.langevin.theory;
}
