/**
 * Benchmarks, with JMH. Each stands beside a baseline that does nothing but what cannot be avoided.
 *
 * <p>To run them, with a JDK of 17 or newer and a machine that has nothing else to do:
 *
 * <pre>
 *   ./mvnw -q -pl bench -am -DskipTests package dependency:copy-dependencies -DincludeScope=runtime
 *   java -cp 'bench/target/classes:bench/target/dependency/*' org.openjdk.jmh.Main
 * </pre>
 *
 * <p>{@code KernelBenchmark} after {@code Main} runs that one, {@code -p dimension=10} one dimension, {@code -prof gc} shows the bytes that a
 * step allocates (none), {@code -f 3 -wi 5 -i 10} is what a figure to be told needs. A figure is worth something beside its baseline only:
 * name machine, JDK and both.
 *
 * <p>{@link dev.langevin.bench.PosteriorTable} is no JMH benchmark: it prints what NUTS costs on the targets that ship.
 *
 * <p>{@link dev.langevin.bench.GradientTable} is none either: it counts gradients per 100 effective draws, tuning included, of every sampler on targets with known
 * moments. {@code java -cp … dev.langevin.bench.GradientTable 128 1 60000}; a sampler more is one line there.
 *
 * <p>{@link dev.langevin.bench.SolverTable} is the same for solvers: evaluations of an exact denoiser until fresh rows are as near to real ones as others are.
 *
 * <p>{@link dev.langevin.bench.CostTable} prints what generation costs by dimension, rows and steps, with the exponents.
 *
 * <p>{@link dev.langevin.bench.TrainingTable} sets a training step beside the same network written straight on LibTorch; {@code bench/kill-and-resume.sh} kills
 * {@code fit} twenty times.
 *
 * <p>To add one: a class here with {@code @Benchmark} methods and its baseline. May import everything; nothing imports it.
 */
@NullMarked
package dev.langevin.bench;

import org.jspecify.annotations.NullMarked;
