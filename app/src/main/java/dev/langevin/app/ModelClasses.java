package dev.langevin.app;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Guidance;
import dev.langevin.io.InputError;
import dev.langevin.tensor.NetworkDenoiser;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** The classes that a model knows, and its denoiser for each of them and for all together. */
sealed interface ModelClasses {
  /** How many classes there are. */
  int count();

  /** The numbers of those that there are. */
  default int[] numbers() {
    return IntStream.range(0, count()).toArray();
  }

  /** The denoiser of all classes together. */
  Denoiser together();

  /** The denoiser of one class, 0 … count - 1. */
  Denoiser given(int number);

  /** Whether every call of {@link #together} and {@link #given} gives a denoiser that another thread may use. */
  boolean forks();

  /**
   * The classes of a model: those of a network with labels, or the components of a mixture.
   *
   * @param name as the user named it
   */
  static Optional<ModelClasses> of(ModelSource model, String name) {
    if (model.denoiser() instanceof GaussianMixtureDenoiser
        && model.knowledge() instanceof ModelKnowledge.Law law) {
      return Optional.of(new Components(law.mixture()));
    }
    NetworkDenoiser network = model.network();
    Path path = Path.of(name);
    if (network == null || DiffusersModel.is(path)) {
      return Optional.empty();
    }
    return new ModelFolder(path).config().classes().map(known -> new Labels(network, known, name));
  }

  /** The error of a model that knows no classes. */
  static InputError none(ModelSource model) {
    return new InputError(
        "--class",
        model.name() + " (" + model.about() + ") knows no classes",
        "leave it out, or fit a model to data with labels");
  }

  /**
   * The number of a class as a user names it.
   *
   * @throws InputError if there is no such class
   */
  default int number(String named) {
    String text = named.trim();
    int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : count();
    if (number >= count()) {
      throw new InputError(
          "--class",
          "the model knows no class \"" + named + "\"",
          "it knows the numbers 0 to " + (count() - 1) + ", or " + GenerateOptions.ALL);
    }
    return number;
  }

  /** A mixture's components: the law of a class is a normal one, and the denoisers are exact. */
  record Components(GaussianMixture mixture) implements ModelClasses {
    @Override
    public int count() {
      return mixture.components();
    }

    @Override
    public Denoiser together() {
      return new GaussianMixtureDenoiser(mixture);
    }

    @Override
    public Denoiser given(int number) {
      double[] membership = new double[count()];
      membership[number] = 1;
      return new GaussianMixtureDenoiser(Guidance.given(mixture, membership));
    }

    @Override
    public boolean forks() {
      return true;
    }
  }

  /**
   * A network's labels.
   *
   * @param network which is told them
   * @param classes by name and number
   * @param place the model as the user named it
   */
  record Labels(NetworkDenoiser network, Classes classes, String place) implements ModelClasses {
    @Override
    public int count() {
      return classes.count();
    }

    @Override
    public int[] numbers() {
      int[] rows = classes.rows();
      return IntStream.range(0, rows.length).filter(c -> rows[c] > 0).toArray();
    }

    @Override
    public int number(String named) {
      return classes.number("--class", named);
    }

    @Override
    public Denoiser together() {
      return classes.together(place, network);
    }

    @Override
    public Denoiser given(int number) {
      return network.given(number);
    }

    @Override
    public boolean forks() {
      return false;
    }
  }
}
