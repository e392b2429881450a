/**
 * Compares two samples: how far are fresh rows from real ones, and could chance alone have done that?
 *
 * <p>A {@link dev.langevin.distance.Distance} is a recipe that gives an {@link dev.langevin.distance.Estimate} with its standard
 * error. A distance between two finite samples of one law is not zero, so {@link dev.langevin.distance.Comparisons} sets it beside
 * its floor, the distance between real rows and other real rows, and words a {@link dev.langevin.distance.Comparison}.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>class</th><th>what</th><th>source</th></tr>
 * <tr><td>{@link dev.langevin.distance.SlicedWasserstein}</td><td>root mean square of the exact W2 along random directions</td>
 *     <td>Rabin et al. 2012; Bonneel et al. 2015</td></tr>
 * <tr><td>{@link dev.langevin.distance.ClassifierTwoSample}</td><td>accuracy of a classifier on rows it has not seen</td>
 *     <td>Lopez-Paz &amp; Oquab 2017</td></tr>
 * <tr><td>{@link dev.langevin.distance.EnergyDistance}</td><td>2E|X-Y| - E|X-X'| - E|Y-Y'|</td><td>Sz&eacute;kely &amp; Rizzo 2013</td></tr>
 * </table>
 *
 * <p>Convention: samples are row-major {@code n × d}; they may be longer than {@code n·d} and are never changed. Randomness comes from
 * the seed alone: the same call gives the same number.
 *
 * <p>To add one: a record that implements {@code Distance}, a row in the table of laws that {@code DistanceLawsTest} holds every
 * distance to (small on equal laws, found on different ones, no dependence on the order of rows).
 *
 * <p>May import {@code math} and {@code random} only.
 */
@NullMarked
package dev.langevin.distance;

import org.jspecify.annotations.NullMarked;
