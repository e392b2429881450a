package dev.langevin.interchange;

/** What to do where another library's method errs. */
public enum Compatibility {
  /** The method as its paper has it; a note says where results therefore differ. */
  CORRECTED,
  /** The same results as there, where that is possible; a note says which error is made on purpose. */
  DIFFUSERS
}
