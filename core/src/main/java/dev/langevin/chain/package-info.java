/**
 * Chains: many kernels run side by side, warmed up and then left alone, and the {@link dev.langevin.chain.Draws} that come out.
 *
 * <p>{@link dev.langevin.chain.Chains#run} takes a recipe ({@link dev.langevin.mcmc.Sampler}), a model and
 * {@link dev.langevin.chain.ChainSettings}, runs each chain on the caller's executor, tells a {@link dev.langevin.chain.ChainListener} how far it is, and
 * returns a {@link dev.langevin.chain.ChainRun}: draws, and for each chain what its warm-up found ({@link dev.langevin.chain.Adapted}). What
 * cannot go on is a {@link dev.langevin.chain.ChainFailure} that names chain, iteration and point.
 *
 * <p>Draws go to a {@link dev.langevin.chain.RunStore} as they are made: into memory, or to wherever a caller's store keeps them; from such a store a run
 * that was stopped goes on from its last {@link dev.langevin.chain.Checkpoint} to the same draws.
 *
 * <p>Convention: iteration i of chain c reads its random numbers from the address {@code seed.child("chain").child(c).child(i)}, warm-up
 * included, so the draws do not depend on threads, order, or where a run was cut. Starting points are Stan's: uniform on (-2, 2) in every
 * unconstrained coordinate (Stan reference manual, "Initialization"), at most 100 tries.
 *
 * <p>To add a statistic: its constant in {@link dev.langevin.mcmc.Statistic}, where it comes from in {@code Chain}, and the recipes that have it.
 *
 * <p>May import {@code adapt}, {@code mcmc}, {@code density}, {@code random} and {@code math}.
 */
@NullMarked
package dev.langevin.chain;

import org.jspecify.annotations.NullMarked;
