package dev.langevin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.Density;
import dev.langevin.density.target.EightSchools;
import dev.langevin.density.target.Funnel;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A right density passes; each broken twin differs from it in one thing, and is told so. */
class DensityCheckTest {
  private static final DensityCheck CHECK =
      new DensityCheck(12, 3000, 1e-6, 1e-5, Seed.of(41).child("check"));
  private static final Density EIGHT_SCHOOLS =
      new EightSchools(
          new double[] {28, 8, -3, 7, -1, 1, 18, 12}, new double[] {15, 10, 16, 11, 9, 11, 10, 18});

  /** Independent coordinates: normal, logistic, Student's t with 5 degrees of freedom. */
  private static class Right implements Density {
    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double tanh = StrictMath.tanh(x[1] / 2);
      double e = StrictMath.exp(-Math.abs(x[1]));
      gradient[0] = -x[0];
      gradient[1] = -tanh;
      gradient[2] = -6 * x[2] / (5 + x[2] * x[2]);
      return -x[0] * x[0] / 2
          - Math.abs(x[1])
          - 2 * StrictMath.log1p(e)
          - 3 * StrictMath.log1p(x[2] * x[2] / 5);
    }
  }

  private static List<Finding> check(Density density) {
    return CHECK.of(density);
  }

  private static Finding only(Density density) {
    List<Finding> findings = check(density);
    assertThat(findings).as(findings.toString()).hasSize(1);
    return findings.get(0);
  }

  @Test
  void aRightDensityIsGood() {
    Finding good = only(new Right());
    assertThat(good.severity()).isEqualTo(Severity.GOOD);
    assertThat(good.what()).contains("3 dimensions", "42 points", "12000 steps");
    assertThat(good.why()).contains("a forgotten Jacobian");
  }

  @Test
  void aPosteriorOfTheCatalogueIsGood() {
    assertThat(only(EIGHT_SCHOOLS).severity()).isEqualTo(Severity.GOOD);
  }

  @Test
  void aTurnedSignIsNamedByCoordinateAndCalledThat() {
    Finding finding =
        check(
                new Right() {
                  @Override
                  public double logDensity(double[] x, double[] gradient) {
                    double value = super.logDensity(x, gradient);
                    gradient[1] = -gradient[1];
                    return value;
                  }
                })
            .get(0);
    assertThat(finding.severity()).isEqualTo(Severity.SERIOUS);
    assertThat(finding.what())
        .startsWith("The gradient is wrong in 1 of 3 coordinates, at 12 of 12 points: x[1] is")
        .endsWith("The sign is turned.");
    assertThat(finding.remedy()).contains("x[1]");
  }

  /** A gradient that lacks its term in a strip of one coordinate: chance decides whether a point lies there, the walk does not miss it. */
  @Test
  void aGradientThatIsWrongInPlacesIsSeenByTheDrawsOfTheWalk() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value = super.logDensity(x, gradient);
                gradient[0] = x[0] > 0.8 ? 0 : gradient[0];
                return value;
              }
            });
    assertThat(findings)
        .anySatisfy(
            f ->
                assertThat(f.what())
                    .startsWith("Draws made without the gradient do not fit it")
                    .contains("x[0]"));
  }

  /** τ = e^u with the term u forgotten: density and gradient agree with each other, and nothing here can know what was meant. */
  @Test
  void aForgottenJacobianIsNotSeen() {
    Density forgotten =
        new Right() {
          @Override
          public double logDensity(double[] u, double[] gradient) {
            double tau = StrictMath.exp(u[0]);
            double[] x = {tau - 3, u[1], u[2]};
            double value = super.logDensity(x, gradient);
            gradient[0] = gradient[0] * tau - 0.1 * u[0];
            return value - 0.05 * u[0] * u[0];
          }
        };
    assertThat(only(forgotten).severity()).isEqualTo(Severity.GOOD);
  }

  @Test
  void aRegionOfNaNIsSaidWithAPlace() {
    Finding finding =
        check(
                new Right() {
                  @Override
                  public double logDensity(double[] x, double[] gradient) {
                    double value = super.logDensity(x, gradient);
                    return x[1] > 0.5 ? Double.NaN : value;
                  }
                })
            .get(0);
    assertThat(finding.severity()).isEqualTo(Severity.SERIOUS);
    assertThat(finding.what()).startsWith("Log density or gradient is NaN at").contains("x[1] = ");
  }

  @Test
  void writingToTheArgumentIsSaid() {
    Finding finding =
        only(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                x[2] *= 2;
                return super.logDensity(x, gradient);
              }
            });
    assertThat(finding.what()).startsWith("The density writes to its argument: x[2] went in as");
  }

  @Test
  void aValueThatDependsOnTheCallBeforeIsSaid() {
    Finding finding =
        only(
            new Right() {
              private double before;

              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value = super.logDensity(x, gradient) + 1e-12 * before;
                before = x[0];
                return value;
              }
            });
    assertThat(finding.what()).startsWith("The same point gives");
    assertThat(finding.remedy()).contains("no random numbers");
  }

  @Test
  void aGradientThatIsAddedToIsSaid() {
    Finding finding =
        only(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double before = gradient[1];
                double value = super.logDensity(x, gradient);
                gradient[1] += before;
                return value;
              }
            });
    assertThat(finding.what())
        .startsWith("The gradient depends on what was in its array before: x[1]");
  }

  @Test
  void aForkThatDiffersIsSaid() {
    Finding finding =
        only(
            new Right() {
              @Override
              public Density fork() {
                return new Right() {
                  @Override
                  public double logDensity(double[] x, double[] gradient) {
                    return super.logDensity(x, gradient) - 0.01 * x[0];
                  }
                };
              }
            });
    assertThat(finding.what()).startsWith("A fork gives");
  }

  @Test
  void anotherValueWithoutGradientIsSaid() {
    Finding finding =
        only(
            new Right() {
              @Override
              public double logDensity(double[] x) {
                return super.logDensity(x, new double[3]) + 1e-6 * x[0];
              }
            });
    assertThat(finding.what()).startsWith("The log density is").contains("without");
  }

  @Test
  void anExceptionIsSaidWithItsPoint() {
    Finding finding =
        only(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                throw new IllegalStateException("no data");
              }
            });
    assertThat(finding.what()).contains("no data", "x[0] = ");
  }

  @Test
  void aFlatDirectionIsSaid() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value =
                    super.logDensity(new double[] {Math.max(x[0], 0), x[1], x[2]}, gradient);
                gradient[0] = x[0] > 0 ? gradient[0] : 0;
                return value;
              }
            });
    assertThat(findings.get(0).severity()).isEqualTo(Severity.SERIOUS);
    assertThat(findings.get(0).what()).isEqualTo("The density does not fall towards x[0] → -∞.");
  }

  /** Far down its neck the funnel is held at the largest number there is, and falls no more. */
  @Test
  void aDensityThatHasFallenToNothingMayRestThere() {
    assertThat(new Tails(new Funnel(3), Seed.of(43)).judge(new double[] {1.4, 0.02, -0.7}))
        .isEmpty();
  }

  /** 1/(1 + x²) falls like r⁻² and is proper; 1/√(1 + x²) is not. */
  @Test
  void aPowerIsJudgedByItsExponent() {
    assertThat(check(power(1))).noneMatch(f -> f.what().contains("does not fall"));
    assertThat(check(power(0.5)).get(0).what()).contains("x[0] → -∞, x[0] → +∞");
  }

  private static Density power(double exponent) {
    return new Density() {
      @Override
      public int dimension() {
        return 1;
      }

      @Override
      public double logDensity(double[] x, double[] gradient) {
        gradient[0] = -exponent * 2 * x[0] / (1 + x[0] * x[0]);
        return -exponent * StrictMath.log1p(x[0] * x[0]);
      }
    };
  }

  @Test
  void aJumpIsFoundWithItsHeightAndPlace() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                return super.logDensity(x, gradient) + (x[2] > 0.25 ? 1.5 : 0);
              }
            });
    Finding jump =
        findings.stream().filter(f -> f.what().contains("jumps")).findFirst().orElseThrow();
    assertThat(jump.what()).containsPattern("by -?1\\.500 at .*x\\[2\\] = 0\\.25");
  }

  @Test
  void aHardBorderIsAJump() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value = super.logDensity(x, gradient);
                return x[0] + x[1] > -1 ? value : Double.NEGATIVE_INFINITY;
              }
            });
    assertThat(findings).anyMatch(f -> f.what().contains("The log density jumps: by"));
  }

  /** Here the density goes to zero at the border, as x does: no jump. */
  @Test
  void aBorderAtWhichTheDensityVanishesIsNotAJump() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value = super.logDensity(x, gradient);
                gradient[0] += 2 / x[0];
                return x[0] > 0 ? value + 2 * StrictMath.log(x[0]) : Double.NEGATIVE_INFINITY;
              }
            });
    assertThat(findings).noneMatch(f -> f.what().contains("jumps"));
  }

  @Test
  void overflowFarOutIsANote() {
    List<Finding> findings =
        check(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                double value = super.logDensity(x, gradient);
                double e = StrictMath.exp(x[1]);
                return value + 0 * e; // infinite beyond 710
              }
            });
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).severity()).isEqualTo(Severity.NOTE);
    assertThat(findings.get(0).what()).contains("NaN far out").contains("x[1] → +∞");
  }

  @Test
  void aDensityOfNoSupportAtTheStartsIsSaid() {
    Finding finding =
        only(
            new Right() {
              @Override
              public double logDensity(double[] x, double[] gradient) {
                return Double.NEGATIVE_INFINITY;
              }
            });
    assertThat(finding.what()).contains("zero at all of 12 points");
  }

  @Test
  void equalSeedsGiveEqualFindings() {
    assertThat(check(new Right())).isEqualTo(check(new Right()));
  }

  @Test
  void theToleranceIsObeyed() {
    Density rough =
        new Right() {
          @Override
          public double logDensity(double[] x, double[] gradient) {
            double value = super.logDensity(x, gradient);
            gradient[0] *= 1.0001;
            return value;
          }
        };
    assertThat(check(rough).get(0).what()).contains("The gradient is wrong");
    DensityCheck lenient = new DensityCheck(12, 3000, 1e-3, 1e-5, Seed.of(41));
    assertThat(lenient.of(rough).get(0).severity()).isEqualTo(Severity.GOOD);
  }

  @Test
  void nonsenseIsRefused() {
    Seed seed = Seed.of(1);
    assertThatThrownBy(() -> new DensityCheck(0, 1000, 1, 0.1, seed))
        .hasMessageContaining("points");
    assertThatThrownBy(() -> new DensityCheck(1, 999, 1, 0.1, seed)).hasMessageContaining("steps");
    assertThatThrownBy(() -> new DensityCheck(1, 1000, 0, 0.1, seed))
        .hasMessageContaining("tolerance");
    assertThatThrownBy(() -> new DensityCheck(1, 1000, 1, 1, seed))
        .hasMessageContaining("falseAlarm");
  }
}
