/**
 * What a user can ask for: a {@link dev.langevin.app.Job} record for each command, run by {@link dev.langevin.app.App}, speaking to
 * the user through a {@link dev.langevin.app.Console}.
 *
 * <p>The parts: a {@link dev.langevin.app.Job} holds its settings, validated, and the defaults as constants beside them; it opens
 * files (io), calls core or tensor, and shows a {@link dev.langevin.app.Table} and a {@link dev.langevin.app.Progress}. Arithmetic
 * lives in core.
 *
 * <table>
 * <caption>The jobs</caption>
 * <tr><td>{@link dev.langevin.app.TargetsJob}</td><td>the densities that ship</td></tr>
 * <tr><td>{@link dev.langevin.app.SampleJob}</td><td>density → draws, summary, plots</td></tr>
 * <tr><td>{@link dev.langevin.app.DiagnoseJob}</td><td>draws → summary, findings, plots</td></tr>
 * <tr><td>{@link dev.langevin.app.FitJob}</td><td>data → model</td></tr>
 * <tr><td>{@link dev.langevin.app.DistillJob}</td><td>model → model of few steps</td></tr>
 * <tr><td>{@link dev.langevin.app.GenerateJob}</td><td>model → fresh samples</td></tr>
 * <tr><td>{@link dev.langevin.app.EvaluateJob}</td><td>fresh samples and data → distances beside their floors</td></tr>
 * <tr><td>{@link dev.langevin.app.DemoJob}</td><td>both doors, and a report</td></tr>
 * </table>
 *
 * <p>Convention: what a user got wrong is an {@link dev.langevin.io.InputError} with place, problem and remedy, or an {@link
 * IllegalArgumentException} from a record's constructor; both become one line and exit status 2. Anything else is a bug.
 *
 * <p>To add a job: a record here, its name in {@code permits} of {@code Job}, and a command in {@code cli}. May not import {@code cli},
 * picocli or a progress bar.
 */
@NullMarked
package dev.langevin.app;

import org.jspecify.annotations.NullMarked;
