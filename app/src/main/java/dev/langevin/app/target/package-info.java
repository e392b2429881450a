/**
 * The densities that ship, by name, with what is known about them.
 *
 * <p>A {@link dev.langevin.app.target.Target} is a name, a way to make the {@link dev.langevin.density.Model}, and, where there is one, the
 * {@link dev.langevin.app.target.Reference}: the moments that draws must have. {@link dev.langevin.app.target.Catalogue} lists them.
 *
 * <table>
 * <caption>Targets</caption>
 * <tr><th>names</th><th>model</th><th>reference</th></tr>
 * <tr><td>{@code gaussian}, {@code gaussian-ill}, {@code mixture}, {@code banana}, {@code funnel}</td>
 *     <td>made up, in {@link dev.langevin.density.target}</td><td>exact, from closed forms</td></tr>
 * <tr><td>{@code eight-schools}, {@code ark}, {@code garch}, {@code low-dim-gauss-mix}, {@code kilpisjarvi},
 *     {@code earnings-logearn-interaction}, {@code diamonds}</td>
 *     <td>posteriors of posteriordb 1.0 (Magnusson et al. 2025), data in the resources</td><td>10,000 reference draws</td></tr>
 * </table>
 *
 * <p>Convention: nothing is read before it is asked for, so that listing the targets costs nothing. To add one: a model in {@code
 * dev.langevin.density.target}, a line in {@code Catalogue}, its reference, and its name in the test of the catalogue.
 *
 * <p>May import {@code density} and {@code math} of core, {@code io}, and the JSON library.
 */
@NullMarked
package dev.langevin.app.target;

import org.jspecify.annotations.NullMarked;
