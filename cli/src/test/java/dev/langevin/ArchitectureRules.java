package dev.langevin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house as ArchUnit rules, for the packages below one root: this is the architecture document that cannot go stale. To
 * add a package, add its row to {@link #CORE} or {@link #EDGES}: the packages that it may know.
 */
final class ArchitectureRules {
  private static final Map<String, Set<String>> CORE = new LinkedHashMap<>();
  private static final Map<String, Set<String>> EDGES = new LinkedHashMap<>();

  static {
    CORE.put("math", Set.of());
    CORE.put("random", Set.of("math"));
    CORE.put("density", Set.of("math"));
    CORE.put("mcmc", Set.of("density", "random", "math"));
    CORE.put("adapt", Set.of("mcmc", "density", "math"));
    CORE.put("chain", Set.of("adapt", "mcmc", "density", "random", "math"));
    CORE.put("anneal", Set.of("adapt", "mcmc", "density", "random", "math"));
    CORE.put("diffusion", Set.of("density", "random", "math"));
    CORE.put("solver", Set.of("diffusion", "mcmc", "density", "random", "math"));
    CORE.put("interchange", Set.of("solver", "objective", "diffusion", "math"));
    CORE.put("spin", Set.of("diffusion", "density", "random", "math"));
    CORE.put("objective", Set.of("diffusion", "density", "random", "math"));
    CORE.put("energy", Set.of("objective", "diffusion", "mcmc", "density", "random", "math"));
    CORE.put("mixture", Set.of("objective", "diffusion", "density", "random", "math"));
    CORE.put("table", Set.of("random", "math"));
    CORE.put("diagnostics", Set.of("random", "math"));
    CORE.put("distance", Set.of("diagnostics", "density", "random", "math"));
    Set<String> known = Set.copyOf(CORE.keySet());
    CORE.put("theory", known);
    CORE.put("check", Set.of("diagnostics", "adapt", "mcmc", "density", "random", "math"));

    // io and tensor know nothing of each other: between them are named arrays and a recipe
    EDGES.put(
        "tensor",
        Set.of(
            "interchange",
            "solver",
            "objective",
            "diffusion",
            "density",
            "table",
            "random",
            "math"));
    EDGES.put("io", known);
    EDGES.put("app", union(CORE.keySet(), Set.of("io", "tensor")));
    EDGES.put("cli", Set.of("app"));
  }

  /** Functions of java.lang.Math whose last bits the JDK may choose. */
  private static final Set<String> INEXACT =
      Set.of(
          "exp",
          "log",
          "log10",
          "log1p",
          "expm1",
          "pow",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "atan2",
          "sinh",
          "cosh",
          "tanh",
          "cbrt",
          "hypot",
          "toRadians",
          "toDegrees");

  private static final Set<String> QUESTIONS =
      Set.of(
          "getenv", "getProperty", "getProperties", "nanoTime", "currentTimeMillis", "getLogger");

  private final String root;

  ArchitectureRules(String root) {
    this.root = root;
  }

  /** For each package, that it knows nothing of this library but itself and its row. */
  Map<String, ArchRule> arrows() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    Stream.of(CORE, EDGES)
        .forEach(table -> table.forEach((name, may) -> rules.put(name, arrow(name, may))));
    return rules;
  }

  /** That of one package. */
  ArchRule arrow(String name) {
    Set<String> may = CORE.containsKey(name) ? CORE.get(name) : EDGES.get(name);
    return arrow(name, Objects.requireNonNull(may, name));
  }

  private ArchRule arrow(String name, Set<String> may) {
    DescribedPredicate<JavaClass> ours = resideInAnyPackage(root + "..");
    DescribedPredicate<JavaClass> allowed = resideInAnyPackage(below(union(may, Set.of(name))));
    return noClasses()
        .that()
        .resideInAPackage(root + "." + name + "..")
        .should()
        .dependOnClassesThat(ours.and(DescribedPredicate.not(allowed)))
        .because(name + " may know " + may + " only")
        .allowEmptyShould(true);
  }

  /** Every class has a package of the table. */
  ArchRule packagesAreKnown() {
    return classes()
        .should()
        .resideInAnyPackage(below(union(CORE.keySet(), EDGES.keySet())))
        .because("the table of arrows must have a row for each package");
  }

  /** Core knows no files, clocks, loggers, and no library that has them. */
  ArchRule coreKnowsNoSurroundings() {
    return noClasses()
        .that(areCore())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.time..",
            "java.util.logging..",
            "java.lang.foreign..",
            "java.sql..",
            "java.awt..",
            "javax..",
            "org.bytedeco..",
            "tools.jackson..",
            "org.slf4j..");
  }

  /** Core asks for no environment variable, property or time. */
  ArchRule coreAsksTheSystemNothing() {
    return classes()
        .that(areCore())
        .should(
            use(
                "ask the system",
                t -> t.getOwner().isEquivalentTo(System.class) && QUESTIONS.contains(t.getName())));
  }

  /** Core runs on the threads that it is given: it may take an Executor, never make one. */
  ArchRule coreMakesNoThreads() {
    return classes().that(areCore()).should(use("make threads", ArchitectureRules::makesThreads));
  }

  private static boolean makesThreads(AccessTarget t) {
    JavaClass owner = t.getOwner();
    boolean thread =
        owner.isAssignableTo(Thread.class)
            && Set.of("<init>", "start", "ofVirtual", "ofPlatform", "startVirtualThread")
                .contains(t.getName());
    boolean pool =
        owner.isEquivalentTo(Executors.class)
            || owner.isAssignableTo(ThreadPoolExecutor.class)
            || owner.isAssignableTo(ForkJoinPool.class);
    boolean common =
        owner.isEquivalentTo(CompletableFuture.class)
            && t.getName().endsWith("Async")
            && t instanceof AccessTarget.CodeUnitCallTarget call
            && call.getRawParameterTypes().size() == 1;
    boolean parallel =
        t.getName().startsWith("parallel") && owner.getPackageName().startsWith("java.util");
    return thread || pool || common || parallel;
  }

  /** Core takes from Math only what is exact, so that results are the same on every JDK. */
  ArchRule coreUsesStrictMath() {
    return classes()
        .that(areCore())
        .should(
            use(
                "use the inexact part of java.lang.Math",
                t -> t.getOwner().isEquivalentTo(Math.class) && INEXACT.contains(t.getName())));
  }

  /** Nobody draws numbers that no seed determines, or that a JDK may change. */
  ArchRule randomnessIsAddressed() {
    Set<String> generators =
        Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.util.random.RandomGeneratorFactory");
    Set<String> calls =
        Set.of(
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of",
            "java.util.Collections.shuffle");
    return classes()
        .should(
            use(
                "draw unaddressed random numbers",
                t ->
                    generators.contains(t.getOwner().getName())
                        || calls.contains(t.getOwner().getName() + "." + t.getName())));
  }

  /** The tensor backend is known to tensor only. */
  ArchRule backendIsInTensorOnly() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".tensor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..");
  }

  /** What tensor shows the world is plain Java. */
  ArchRule backendIsNotInSignatures() {
    return classes()
        .that()
        .resideInAPackage(root + ".tensor..")
        .and()
        .arePublic()
        .should(showNo("org.bytedeco"));
  }

  /** No class is named after what it is not. */
  ArchRule namesAreNouns() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?");
  }

  /** NullAway checks marked packages only. */
  ArchRule packagesAreNullMarked() {
    return classes().should(resideInNullMarkedPackage());
  }

  private DescribedPredicate<JavaClass> areCore() {
    return resideInAnyPackage(below(CORE.keySet()));
  }

  private String[] below(Set<String> names) {
    return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
  }

  /** A condition that no call, field or method reference of the class has such a target. */
  private static ArchCondition<JavaClass> use(String what, Predicate<AccessTarget> forbidden) {
    return new ArchCondition<>("not " + what) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getAccessesFromSelf().stream()
            .filter(access -> forbidden.test(access.getTarget()))
            .forEach(a -> events.add(SimpleConditionEvent.violated(a, a.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> showNo(String prefix) {
    return new ArchCondition<>("not show " + prefix) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaMember member : item.getMembers()) {
          boolean shown =
              member.getModifiers().contains(JavaModifier.PUBLIC)
                  || member.getModifiers().contains(JavaModifier.PROTECTED);
          if (shown && signature(member).anyMatch(type -> type.getName().startsWith(prefix))) {
            events.add(
                SimpleConditionEvent.violated(member, member.getFullName() + " shows " + prefix));
          }
        }
        Stream.concat(item.getAllRawInterfaces().stream(), item.getAllRawSuperclasses().stream())
            .filter(type -> type.getName().startsWith(prefix))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            item, item.getName() + " is a " + type.getName())));
      }
    };
  }

  /** All types of a member's signature, type arguments included. */
  private static Stream<JavaClass> signature(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    Stream<JavaClass> parameters =
        unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> result = unit.getReturnType().getAllInvolvedRawTypes().stream();
    return Stream.concat(Stream.concat(parameters, result), unit.getExceptionTypes().stream());
  }

  private static ArchCondition<JavaClass> resideInNullMarkedPackage() {
    return new ArchCondition<>("reside in a package marked @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
          events.add(
              SimpleConditionEvent.violated(
                  item, item.getName() + " is not in a @NullMarked package"));
        }
      }
    };
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    return Stream.concat(a.stream(), b.stream()).collect(Collectors.toSet());
  }
}
