package dev.langevin.app.target;

import dev.langevin.density.Density;
import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A density of the user's own, named {@code PLACE#CLASS}: a jar or a folder of classes, and in it a class that implements {@link Density} or {@link Model} and has a public
 * constructor without parameters.
 */
final class UserTarget {
  private UserTarget() {}

  /** Whether this names such a density. */
  static boolean isMeant(String name) {
    return name.indexOf('#') > 0;
  }

  /**
   * The target of this name.
   *
   * @throws InputError if the place, the class or its constructor is missing, or it is no density
   */
  static Target of(String name) {
    int cut = name.indexOf('#');
    Path place = Path.of(name.substring(0, cut));
    String className = name.substring(cut + 1);
    if (!Files.exists(place)) {
      throw new InputError(
          place.toString(), "there is no such jar or folder", "compile your density there first");
    }
    Model model = model(name, instance(place, className));
    return new Target(
        name, "a density of your own", model.dimension(), () -> model, Optional.empty());
  }

  private static Object instance(Path place, String className) {
    try {
      URL[] where = {place.toUri().toURL()};
      ClassLoader loader = new URLClassLoader(where, UserTarget.class.getClassLoader());
      Constructor<?> constructor = Class.forName(className, true, loader).getConstructor();
      return constructor.newInstance();
    } catch (MalformedURLException | ClassNotFoundException | LinkageError e) {
      throw new InputError(
          place.toString(),
          "has no class " + className + " that can be loaded (" + e + ")",
          "name it in full, with its package",
          e);
    } catch (InvocationTargetException e) {
      throw new InputError(className, "its constructor threw " + e.getCause(), "mend it there", e);
    } catch (ReflectiveOperationException e) {
      throw new InputError(
          className,
          "cannot be made (" + e + ")",
          "make the class public, with a public constructor without parameters",
          e);
    }
  }

  private static Model model(String name, Object instance) {
    if (instance instanceof Model model) {
      return new Named(name, model, model.outputs());
    }
    if (instance instanceof Density density) {
      List<String> names =
          IntStream.rangeClosed(1, density.dimension()).mapToObj(i -> "x[" + i + "]").toList();
      return new Named(name, density, names);
    }
    throw new InputError(name, "is no density", "implement dev.langevin.density.Density or Model");
  }

  /** The user's density under the name by which it was asked for. */
  private record Named(String name, Density density, List<String> outputs) implements Model {
    @Override
    public int dimension() {
      return density.dimension();
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      return density.logDensity(x, gradient);
    }

    @Override
    public double logDensity(double[] x) {
      return density.logDensity(x);
    }

    @Override
    public void report(double[] x, double[] out) {
      if (density instanceof Model model) {
        model.report(x, out);
      } else {
        System.arraycopy(x, 0, out, 0, out.length);
      }
    }

    @Override
    public String coordinate(int index) {
      return density instanceof Model model
          ? model.coordinate(index)
          : Model.super.coordinate(index);
    }

    @Override
    public Model fork() {
      return new Named(name, density.fork(), outputs);
    }
  }
}
