package dev.langevin.wrong.tensor;

import dev.langevin.wrong.chain.RunOfChains;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/** Shows the backend to the world, and knows chains. */
public abstract class LeakyNetwork {
  /** A backend type as a type argument. */
  public abstract List<Pointer> weights();

  /** A backend type as a parameter. */
  protected abstract void pointer(Pointer pointer);

  /** An arrow that the table does not have. */
  public abstract void learn(RunOfChains chains);
}
