/**
 * What can be promised of a run before it is made.
 *
 * <table>
 *   <caption>Bounds</caption>
 *   <tr><th>bound</th><th>of</th><th>from</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.theory.InitialisationError}</td><td>KL and total variation at the start of a reverse process</td>
 *     <td>the second moment</td><td>convexity; Chen et al. 2023, theorem 1</td></tr>
 * </table>
 *
 * <p>Convention: relative entropy in nats, total variation in [0, 1]; every bound is tested to dominate the exact value where that is known.
 *
 * <p>To add one: a record that holds the bound and names its assumptions, and a test on normal laws.
 *
 * <p>May import anything of core; nothing of core may import it.
 */
@NullMarked
package dev.langevin.theory;

import org.jspecify.annotations.NullMarked;
