package dev.langevin.app.target;

import static dev.langevin.app.target.Bundle.json;
import static dev.langevin.app.target.Bundle.numbers;
import static dev.langevin.app.target.Bundle.table;

import dev.langevin.density.Model;
import dev.langevin.density.target.ArK;
import dev.langevin.density.target.Diamonds;
import dev.langevin.density.target.EightSchools;
import dev.langevin.density.target.Garch;
import dev.langevin.density.target.Kilpisjarvi;
import dev.langevin.density.target.LogEarningsInteraction;
import dev.langevin.density.target.LowDimGaussMix;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The posteriors of posteriordb, from their data files. */
final class Posteriors {
  private static final String SOURCE = "10,000 reference draws of posteriordb 1.0";

  private Posteriors() {}

  static List<Target> all() {
    return List.of(
        target(
            "eight-schools",
            "effects of coaching in eight schools, hierarchical, non-centred (Rubin 1981)",
            10,
            data -> new EightSchools(numbers(data.get("y")), numbers(data.get("sigma")))),
        target(
            "ark",
            "autoregression of order 5 on 200 values",
            7,
            data -> new ArK(data.get("K").intValue(), numbers(data.get("y")))),
        target(
            "garch",
            "GARCH(1,1) volatility of 200 values (Bollerslev 1986)",
            4,
            data -> new Garch(numbers(data.get("y")), data.get("sigma1").doubleValue())),
        target(
            "low-dim-gauss-mix",
            "weight, means and sds of a mixture of two normals, 1000 values",
            5,
            data -> new LowDimGaussMix(numbers(data.get("y")))),
        target(
            "kilpisjarvi",
            "summer temperature by year, a line with nearly collinear intercept and slope",
            3,
            Posteriors::kilpisjarvi),
        target(
            "earnings-logearn-interaction",
            "log earnings by height and sex with interaction, 1192 people, flat priors",
            5,
            data ->
                new LogEarningsInteraction(
                    numbers(data.get("earn")),
                    numbers(data.get("height")),
                    numbers(data.get("male")))),
        target(
            "diamonds",
            "log price of 5000 diamonds on 24 highly correlated predictors",
            26,
            data -> new Diamonds(numbers(data.get("Y")), table(data.get("X")))));
  }

  private static Model kilpisjarvi(JsonNode data) {
    return new Kilpisjarvi(
        numbers(data.get("x")),
        numbers(data.get("y")),
        data.get("pmualpha").doubleValue(),
        data.get("psalpha").doubleValue(),
        data.get("pmubeta").doubleValue(),
        data.get("psbeta").doubleValue());
  }

  private static Target target(
      String name, String description, int dimension, Function<JsonNode, Model> model) {
    return new Target(
        name,
        description,
        dimension,
        () -> model.apply(json(name + ".data.json")),
        Optional.of(new Reference(false, SOURCE, () -> Bundle.quantities(name))));
  }
}
