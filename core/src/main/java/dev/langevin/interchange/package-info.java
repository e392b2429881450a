/**
 * What other libraries' settings mean here: the scheduler configs of Hugging Face diffusers as noising, levels and solver, and back; pure maps in, recipes out.
 *
 * <p>A {@link dev.langevin.interchange.SchedulerConfig} is a class name and its settings, as in {@code scheduler_config.json}. For a number of steps it gives a {@link
 * dev.langevin.interchange.SchedulerRun}: a {@link dev.langevin.solver.Generation}, how the network is to be called (a {@link dev.langevin.objective.Preconditioning}), what is clipped, and notes on
 * everything that is done otherwise than there. A {@link dev.langevin.interchange.TimestepNetwork} so called is a {@link dev.langevin.diffusion.Denoiser}. {@link
 * dev.langevin.interchange.SchedulerExport} writes configs. What diffusers called weights and blocks before is in {@link dev.langevin.interchange.DiffusersNames}.
 *
 * <table>
 *   <caption>Schedulers of diffusers 0.40</caption>
 *   <tr><th>class</th><th>solver</th><th>levels</th></tr>
 *   <tr><td>DDPMScheduler</td><td>{@link dev.langevin.solver.Ddpm}</td><td>timesteps of the chain</td></tr>
 *   <tr><td>DDIMScheduler</td><td>{@link dev.langevin.solver.Ddim}, {@link dev.langevin.solver.DiffusersDdim}, {@link dev.langevin.solver.ClippedDdim}</td><td>the same</td></tr>
 *   <tr><td>PNDMScheduler</td><td>{@link dev.langevin.solver.Plms}</td><td>the same</td></tr>
 *   <tr><td>EulerDiscreteScheduler</td><td>{@link dev.langevin.solver.Euler}</td><td>σ between timesteps; Karras, exponential, beta</td></tr>
 *   <tr><td>EulerAncestralDiscreteScheduler</td><td>{@link dev.langevin.solver.EulerAncestral}</td><td>σ between timesteps</td></tr>
 *   <tr><td>HeunDiscreteScheduler</td><td>{@link dev.langevin.solver.Heun}</td><td>as for Euler</td></tr>
 *   <tr><td>DPMSolverMultistepScheduler</td><td>{@link dev.langevin.solver.DpmSolverPlusPlus}, {@link dev.langevin.solver.SdeDpmSolverPlusPlus}</td><td>timesteps without the first; Karras, lu, exponential, beta</td></tr>
 *   <tr><td>UniPCMultistepScheduler</td><td>{@link dev.langevin.solver.UniPc}</td><td>the same</td></tr>
 *   <tr><td>EDMEulerScheduler, EDMDPMSolverMultistepScheduler</td><td>{@link dev.langevin.solver.Euler}, {@link dev.langevin.solver.DpmSolverPlusPlus}</td><td>Karras, exponential</td></tr>
 *   <tr><td>ScoreSdeVeScheduler</td><td>{@link dev.langevin.solver.PredictorCorrector}</td><td>exponential</td></tr>
 * </table>
 *
 * <p>Convention: nothing is ignored in silence. A setting that cannot be honoured is an {@link java.lang.IllegalArgumentException} that names it, or a note that names it and what follows. Where
 * diffusers errs, the right thing is done unless {@link dev.langevin.interchange.Compatibility#DIFFUSERS} is asked for, and a note says so either way.
 *
 * <p>To add a scheduler: its keys and defaults in {@code SchedulerDefaults}, its meaning in {@code SchedulerReading}, a loop of its own results in the test of the golden schedulers.
 *
 * <p>May import {@code solver, objective, diffusion and math} only.
 */
@NullMarked
package dev.langevin.interchange;

import org.jspecify.annotations.NullMarked;
