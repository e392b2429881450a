package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.chain.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StanCsvTest {
  private static final String CMDSTAN =
      """
      # stan_version_major = 2
      # stan_version_minor = 33
      # model = eight_schools_model
      # method = sample (Default)
      #   sample
      #     num_samples = 2
      #     num_warmup = 2
      #     save_warmup = %d
      #     thin = 1 (Default)
      #     algorithm = hmc (Default)
      #       hmc
      #         engine = nuts (Default)
      #         metric = diag_e (Default)
      # id = 1 (Default)
      # data
      #   file = eight_schools.json
      lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,theta.1,theta.2
      %s# Adaptation terminated
      # Step size = 0.809818
      # Diagonal elements of inverse mass matrix:
      # 0.961989, 1.2, 0.7
      -6.74827,1,0.809818,1,1,0,6.75348,0.247699,1,2
      -6.76,nan,0.809818,2,3,1,6.9,0.26,-inf,4
      #
      #  Elapsed Time: 0.004 seconds (Warm-up)
      #                0.013 seconds (Sampling)
      #                0.017 seconds (Total)
      #
      """;

  @TempDir Path folder;

  static Draws draws() {
    return new Draws(
        List.of("mu", "theta[1]", "theta[2]", "m[1,1]", "m[1,2]", "m[2,1]", "m[2,2]"),
        new double[][][] {
          {{1, 2}, {3, 4}, {5, 6}, {11, 11.5}, {12, 12.5}, {21, 21.5}, {22, 22.5}},
          {{-1, -2}, {-3, -4}, {-5, Math.PI}, {0, 1e-300}, {0, 1}, {0, 2}, {0, Double.NaN}}
        },
        List.of("lp__", "accept_stat__", "stepsize__", "n_leapfrog__", "divergent__", "energy__"),
        new double[][][] {
          {{-7, -8}, {0.9, 1}, {0.1, 0.1}, {7, 7}, {0, 1}, {9, 10}},
          {{-6, -5}, {0.8, 0.5}, {0.2, 0.2}, {3, 3}, {0, 0}, {8, 11}}
        });
  }

  static final StanCsv.Run RUN =
      new StanCsv.Run(
          "eight schools",
          "hmc",
          1000,
          2,
          List.of(
              new StanCsv.Adaptation(0.1, new double[] {1, 0.5}),
              new StanCsv.Adaptation(0.2, new double[] {2, 0.25})));

  @Test
  void drawsComeBackToTheLastBitWithMatricesInStansOrder() {
    List<Path> files = StanCsv.write(folder, draws(), RUN, Origins.ALL);
    assertThat(files).containsExactly(folder.resolve("chain-1.csv"), folder.resolve("chain-2.csv"));
    Draws back = StanCsv.read(folder);
    assertThat(back.names())
        .containsExactly("mu", "theta[1]", "theta[2]", "m[1,1]", "m[2,1]", "m[1,2]", "m[2,2]");
    for (String name : draws().names()) {
      assertThat(Arrays.deepToString(back.series(name)))
          .isEqualTo(Arrays.deepToString(draws().series(name)));
    }
    assertThat(back.statistics()).isEqualTo(draws().statistics());
    assertThat(Arrays.deepToString(back.statisticValues()))
        .isEqualTo(Arrays.deepToString(draws().statisticValues()));
  }

  @Test
  void theseAreTheLines() {
    StanCsv.write(folder, draws(), RUN, Origins.ALL);
    assertThat(folder.resolve("chain-2.csv"))
        .content()
        .contains(
            "# model = eight_schools\n# method = sample\n#   sample\n#     num_samples = 4\n"
                + "#     num_warmup = 1000\n#     save_warmup = 0\n#     thin = 2\n",
            "# id = 2\n# random\n#   seed = -7\n",
            "# Adaptation terminated\n# Step size = 0.2\n"
                + "# Diagonal elements of inverse mass matrix:\n# 2, 0.25\n",
            "\nlp__,accept_stat__,stepsize__,n_leapfrog__,divergent__,energy__,"
                + "mu,theta.1,theta.2,m.1.1,m.2.1,m.1.2,m.2.2\n"
                + "-6,0.8,0.2,3,0,8,-1,-3,-5,0,0,0,0\n"
                + "-5,0.5,0.2,3,0,11,-2,-4,3.141592653589793,1.0E-300,2,1,nan\n");
  }

  @Test
  void cmdStansOwnFilesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("out.csv"), CMDSTAN.formatted(0, ""));
    Draws draws = StanCsv.read(file);
    assertThat(draws.names()).containsExactly("mu", "theta[1]", "theta[2]");
    assertThat(draws.statistics()).hasSize(7).contains("treedepth__");
    assertThat(draws.series("theta[1]")[0]).containsExactly(1, Double.NEGATIVE_INFINITY);
    assertThat(draws.statistic("accept_stat__")[0]).containsExactly(1, Double.NaN);
  }

  @Test
  void savedWarmupIsLeftOut() throws IOException {
    String warmup = "-9,0.5,1,1,1,0,9,9,9,9\n".repeat(2);
    Path file = Files.writeString(folder.resolve("out.csv"), CMDSTAN.formatted(1, warmup));
    assertThat(StanCsv.read(file).draws()).isEqualTo(2);
    String fixed =
        """
        # num_warmup = 3
        # save_warmup = true
        # thin = 2
        lp__,mu
        1,1
        2,2
        3,3
        """;
    Files.writeString(file, fixed);
    assertThat(StanCsv.read(file).series("mu")[0]).containsExactly(3);
  }

  @Test
  void chainsAreReadInTheOrderOfTheirNumbers() throws IOException {
    for (int c = 1; c <= 11; c++) {
      Files.writeString(folder.resolve("out_" + c + ".csv"), "mu\n" + c + "\n");
    }
    Draws draws = StanCsv.read(folder);
    assertThat(draws.chains()).isEqualTo(11);
    assertThat(draws.values()[10][0]).containsExactly(11);
    Files.writeString(folder.resolve("chain-1.csv"), "mu\n77\n"); // ours beside other tables
    assertThat(StanCsv.read(folder).values()[0][0]).containsExactly(77);
  }

  private String error(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), text);
    try {
      StanCsv.read(file);
    } catch (InputError e) {
      return e.getMessage().replace(folder + "/", "");
    }
    throw new AssertionError("was read: " + text);
  }

  @Test
  void wrongFilesAreNamed() throws IOException {
    assertThat(error("")).isEqualTo("x.csv: holds no draws. Check that the run has finished.");
    assertThat(error("lp__,mu\n"))
        .isEqualTo("x.csv: holds no draws after warm-up. Check that the run has finished.");
    assertThat(error("lp__\n1\n")).contains("has no column but the sampler's own");
    assertThat(error("lp__,mu\n1,2\n3,"))
        .isEqualTo(
            "x.csv:3:2: column \"mu\" holds \"\", which is not a number. Check that the file holds"
                + " draws.");
    assertThat(error("lp__,mu\n1,2\n3"))
        .isEqualTo(
            "x.csv:3:2: this line has 1 fields, the names are 2. If it is the last line, the run was"
                + " cut off: remove the line, or run again.");
    assertThat(error("1,2\n3,4\n"))
        .isEqualTo(
            "x.csv:1:1: \"1\" is no column name. Draws need a first line of names:"
                + " lp__,mu,theta.1,theta.2.");
    assertThat(error("a,a\n1,2\n")).contains("a second column is named \"a\"");
    assertThat(error("# method = optimize\nlp__,mu\n1,2\n")).contains("CmdStan's method optimize");
    assertThatThrownBy(() -> StanCsv.read(Files.createDirectory(folder.resolve("empty"))))
        .hasMessageContaining("holds no .csv files");
    assertThatThrownBy(() -> StanCsv.read(folder.resolve("no.csv")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void chainsThatDoNotFitTogetherAreNamed() throws IOException {
    Path one = Files.writeString(folder.resolve("1.csv"), "mu\n1\n2\n");
    Path two = Files.writeString(folder.resolve("2.csv"), "mu\n1\n");
    Path three = Files.writeString(folder.resolve("3.csv"), "tau\n1\n2\n");
    assertThatThrownBy(() -> StanCsv.read(List.of(one, two)))
        .hasMessage(
            two
                + ": holds 1 draws, but 1.csv 2. Leave out the chain that was cut off, or run again.");
    assertThatThrownBy(() -> StanCsv.read(List.of(one, three)))
        .hasMessageContaining("has other columns than 1.csv");
  }

  @Test
  void namesThatStanCsvCannotHoldAreRefused() {
    for (String name : List.of("a,b", "a b", "x__", "a\"b", "#a")) {
      Draws draws =
          new Draws(List.of(name), new double[][][] {{{1}}}, List.of(), new double[1][0][]);
      assertThatThrownBy(() -> StanCsv.write(folder, draws, RUN, Origins.ALL))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
