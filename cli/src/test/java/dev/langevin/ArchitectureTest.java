package dev.langevin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds all modules to the house's rules, see {@link ArchitectureRules}; and shows for each rule that it bites, on the classes in {@code
 * dev.langevin.wrong}, which exist to break them.
 */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.langevin");
  private static final JavaClasses WRONG =
      new ClassFileImporter().importPackages("dev.langevin.wrong");

  private static final ArchitectureRules RULES = new ArchitectureRules("dev.langevin");
  private static final ArchitectureRules WRONG_RULES = new ArchitectureRules("dev.langevin.wrong");

  @Test
  void theHouseIsReallyRead() {
    assertThat(HOUSE.contain("dev.langevin.wrong.mcmc.HastyKernel")).isFalse();
    for (String one :
        List.of(
            "math.Check",
            "diagnostics.RHat",
            "tensor.NetworkDenoiser",
            "io.Npy",
            "app.App",
            "cli.Main")) {
      assertThat(HOUSE.contain("dev.langevin." + one)).as(one).isTrue();
    }
  }

  @Test
  void arrowsBetweenPackagesAreThoseOfTheTable() {
    for (Map.Entry<String, ArchRule> arrow : RULES.arrows().entrySet()) {
      holds(arrow.getValue());
    }
    breaks(WRONG_RULES.arrow("mcmc"), "HastyKernel", "chain.RunOfChains");
    breaks(WRONG_RULES.arrow("cli"), "Shortcut", "io.TableReader");
    breaks(WRONG_RULES.arrow("tensor"), "LeakyNetwork", "chain.RunOfChains");
  }

  @Test
  void everyPackageHasItsRowInTheTable() {
    holds(RULES.packagesAreKnown());
    breaks(WRONG_RULES.packagesAreKnown(), "unheard.Newcomer");
  }

  @Test
  void coreTouchesNoFileClockLoggerOrEnvironment() {
    holds(RULES.coreKnowsNoSurroundings());
    breaks(WRONG_RULES.coreKnowsNoSurroundings(), "java.io.File", "java.time.Instant");
    holds(RULES.coreAsksTheSystemNothing());
    breaks(WRONG_RULES.coreAsksTheSystemNothing(), "System.nanoTime", "System.getenv");
  }

  @Test
  void coreMakesNoThreads() {
    holds(RULES.coreMakesNoThreads());
    breaks(
        WRONG_RULES.coreMakesNoThreads(),
        "Thread.<init>",
        "Executors.newCachedThreadPool",
        "CompletableFuture.runAsync");
  }

  @Test
  void coreTakesTranscendentalFunctionsFromStrictMath() {
    holds(RULES.coreUsesStrictMath());
    breaks(WRONG_RULES.coreUsesStrictMath(), "Math.exp", "Math.log"); // called, and referred to
  }

  @Test
  void nobodyDrawsFromAGeneratorWithoutAnAddress() {
    holds(RULES.randomnessIsAddressed());
    breaks(
        WRONG_RULES.randomnessIsAddressed(),
        "java.util.Random",
        "Math.random",
        "ThreadLocalRandom",
        "Collections.shuffle");
  }

  @Test
  void theTensorBackendStaysBehindItsDoor() {
    holds(RULES.backendIsInTensorOnly());
    breaks(WRONG_RULES.backendIsInTensorOnly(), "HastyKernel");
    holds(RULES.backendIsNotInSignatures());
    breaks(WRONG_RULES.backendIsNotInSignatures(), "LeakyNetwork.weights", "LeakyNetwork.pointer");
  }

  @Test
  void namesSayWhatAThingIs() {
    holds(RULES.namesAreNouns());
    breaks(WRONG_RULES.namesAreNouns(), "KernelUtils", "ChainManager");
  }

  @Test
  void everyPackageIsNullMarked() {
    holds(RULES.packagesAreNullMarked());
    breaks(WRONG_RULES.packagesAreNullMarked(), "dev.langevin.wrong.unheard");
  }

  private static void holds(ArchRule rule) {
    assertThatCode(() -> rule.check(HOUSE)).doesNotThrowAnyException();
  }

  private static void breaks(ArchRule rule, String... named) {
    assertThatThrownBy(() -> rule.check(WRONG))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(named);
  }
}
