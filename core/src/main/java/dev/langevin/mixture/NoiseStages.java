package dev.langevin.mixture;

import dev.langevin.math.Check;
import dev.langevin.objective.Descent;
import dev.langevin.random.Seed;
import java.util.List;

/**
 * Learning a mixture's means by gradient descent on the DDPM objective, in stages of falling noise (Shah, Chen &amp; Klivans 2023, algorithms 1 and 2): at large noise
 * the descent finds the direction from a random start, as the power method does; from there, at small noise, the place, as EM does. Started
 * near the means ("warm"), the second stage alone is enough.
 *
 * @param stages in the order in which they run, at least one
 */
public record NoiseStages(List<Stage> stages) {
  /**
   * A number of steps at one time.
   *
   * @param loss time and noise vectors per row
   * @param steps at least 1
   * @param descent how the gradient is followed; starts afresh in each stage
   */
  public record Stage(NoisedLoss loss, int steps, Descent descent) {
    public Stage {
      Check.atLeast("steps", steps, 1);
    }
  }

  public NoiseStages {
    stages = List.copyOf(stages);
    Check.atLeast("number of stages", stages.size(), 1);
  }

  /**
   * The two stages for a pair of means: plain descent at time {@code large} with the rate 1/(4a²), for which a step at small μ is μ ← Mμ, and then at {@code small} with
   * the rate 1/(2a²), for which a step is that of EM.
   *
   * @param large time of the first stage, positive
   * @param small time of the second stage, positive
   * @param firstSteps of the first stage, at least 1
   * @param secondSteps of the second stage, at least 1
   */
  public static NoiseStages two(double large, int firstSteps, double small, int secondSteps) {
    double signal = Level.at(large).a();
    double signalLater = Level.at(small).a();
    return new NoiseStages(
        List.of(
            new Stage(
                new NoisedLoss(large, 1),
                firstSteps,
                new Descent.Gradient(0.25 / (signal * signal))),
            new Stage(
                new NoisedLoss(small, 1),
                secondSteps,
                new Descent.Gradient(0.5 / (signalLater * signalLater)))));
  }

  /**
   * Runs all stages; every step takes fresh noise, at the address (stage, step).
   *
   * @param start the first parameters, not changed
   * @param rows {@code n × d}
   * @return the last parameters
   */
  public double[] learn(MixtureStudent student, double[] start, double[] rows, Seed seed) {
    double[] parameters = Check.length("start", start, student.size()).clone();
    double[] gradient = new double[parameters.length];
    for (int k = 0; k < stages.size(); k++) {
      Stage stage = stages.get(k);
      Descent.Worker worker = stage.descent.on(parameters.length);
      for (int step = 0; step < stage.steps; step++) {
        Seed address = seed.child(k).child(step);
        stage.loss.gradient(student, parameters, rows, address, gradient);
        worker.step(parameters, gradient);
      }
    }
    return parameters;
  }
}
