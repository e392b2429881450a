/**
 * Pictures of draws, as arrays of pixels: a plot lays out charts in a {@link dev.langevin.app.plot.Figure}.
 *
 * <table>
 * <caption>The plots</caption>
 * <tr><td>{@link dev.langevin.app.plot.TracePlot}</td><td>each chain's path; chains should look alike</td></tr>
 * <tr><td>{@link dev.langevin.app.plot.RankPlot}</td><td>each chain's ranks among all draws; bars should be level (Vehtari et al. 2021,
 * section 4.3)</td></tr>
 * <tr><td>{@link dev.langevin.app.plot.PairsPlot}</td><td>pairs of quantities, divergent draws marked</td></tr>
 * </table>
 *
 * <p>Convention: colours of {@link dev.langevin.app.plot.Palette} only, which colour-blind people can tell apart; vermilion means
 * trouble; no display is needed (java.awt.headless). To add a plot: a class with a static method that returns a figure's image. May
 * not import jobs, files or the console.
 */
@NullMarked
package dev.langevin.app.plot;

import org.jspecify.annotations.NullMarked;
