package dev.langevin.app.target;

import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.density.Model;
import dev.langevin.density.target.Banana;
import dev.langevin.density.target.Funnel;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.io.InputError;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The densities that ship, by name. Listing them reads nothing. */
public final class Catalogue {
  private static final String CLOSED_FORM = "closed form";
  private static final List<Target> TARGETS =
      Stream.concat(madeUp().stream(), Posteriors.all().stream()).toList();

  private Catalogue() {}

  /** All targets: the made-up ones, then the posteriors. */
  public static List<Target> all() {
    return TARGETS;
  }

  /**
   * The target of this name; {@code PLACE#CLASS} is a density of the user's own, in a jar or a folder of classes.
   *
   * @throws InputError if there is none, with the nearest names
   */
  public static Target named(String name) {
    if (UserTarget.isMeant(name)) {
      return UserTarget.of(name);
    }
    return TARGETS.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** The names of the normal laws and mixtures of normals: those with an exact denoiser. */
  public static List<String> normals() {
    return TARGETS.stream()
        .filter(target -> target.reference().map(Reference::exact).orElse(false))
        .filter(target -> mixture(target.model().get()).isPresent())
        .map(Target::name)
        .toList();
  }

  /** The mixture of this name, or the normal law as a mixture of one component; empty for what is neither. */
  public static Optional<GaussianMixture> normal(String name) {
    return normals().contains(name) ? mixture(named(name).model().get()) : Optional.empty();
  }

  private static Optional<GaussianMixture> mixture(Model model) {
    if (model instanceof Gaussian gaussian) {
      return Optional.of(
          GaussianMixture.of(
                  new double[] {1},
                  new double[][] {gaussian.mean()},
                  new double[][][] {gaussian.covariance()})
              .named(gaussian.name()));
    }
    return model instanceof GaussianMixture mixture ? Optional.of(mixture) : Optional.empty();
  }

  private static InputError unknown(String name) {
    List<String> near = NearestNames.of(name, TARGETS.stream().map(Target::name).toList());
    String hint = near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "? ";
    return new InputError(
        name, "there is no target of this name", hint + "'langevin targets' lists them all");
  }

  private static List<Target> madeUp() {
    return List.of(
        target(
            "gaussian",
            "standard normal, independent coordinates",
            10,
            () -> Gaussian.iid(10),
            ClosedForms::of),
        target(
            "gaussian-ill",
            "normal with variances from 0.03 to 32, condition number 1000",
            20,
            () -> Gaussian.illConditioned(20, 1000),
            ClosedForms::of),
        target(
            "mixture",
            "three normals of weights 0.5, 0.3 and 0.2, overlapping",
            2,
            Mixtures::overlapping,
            ClosedForms::of),
        target(
            "two-modes",
            "two normals of weights 0.25 and 0.75, eight standard deviations apart",
            10,
            Mixtures::twoModes,
            ClosedForms::of),
        target(
            "ring",
            "eight equal normals on a circle, ten standard deviations apart",
            2,
            Mixtures::ring,
            ClosedForms::of),
        target(
            "grid",
            "25 equal normals on a 5 by 5 lattice, ten standard deviations apart",
            2,
            Mixtures::grid,
            ClosedForms::of),
        target(
            "imbalanced",
            "two normals of weights 0.9 and 0.1, eight standard deviations apart",
            2,
            Mixtures::imbalanced,
            ClosedForms::of),
        target(
            "line",
            "three normals on the line, of weights 0.5, 0.2 and 0.3",
            1,
            Mixtures::line,
            ClosedForms::of),
        target(
            "banana",
            "normal bent along a parabola, b = 0.03, s = 10 (Haario et al. 1999)",
            2,
            () -> new Banana(2, 0.03, 10),
            ClosedForms::of),
        target(
            "funnel",
            "scales from 0.01 to 100 in one density (Neal 2003)",
            10,
            () -> new Funnel(10),
            ClosedForms::of));
  }

  private static <M extends Model> Target target(
      String name,
      String description,
      int dimension,
      Supplier<M> model,
      Function<M, List<Quantity>> known) {
    Reference reference = new Reference(true, CLOSED_FORM, () -> known.apply(model.get()));
    return new Target(name, description, dimension, model::get, Optional.of(reference));
  }
}
