/**
 * Addressed randomness: a {@link dev.langevin.random.Seed} is the address of a stream, an {@link
 * dev.langevin.random.AddressedRandom} reads it.
 *
 * <p>Convention: one address per chain and draw, {@code seed.child("chain").child(c).child(draw)}, or per row and step,
 * {@code seed.child(row).child(step)}; never one generator shared by two places whose order could change. There is no static
 * generator, and none without a seed.
 *
 * <p>{@link dev.langevin.random.TorchRandom} is the exception: a sequential stream, PyTorch's, for results that shall agree with Python's.
 *
 * <p>May import nothing else of this library but {@code math}.
 */
@NullMarked
package dev.langevin.random;

import org.jspecify.annotations.NullMarked;
