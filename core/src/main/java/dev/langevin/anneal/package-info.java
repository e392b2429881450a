/**
 * Annealing.
 */
@NullMarked
package dev.langevin.anneal;

import org.jspecify.annotations.NullMarked;
