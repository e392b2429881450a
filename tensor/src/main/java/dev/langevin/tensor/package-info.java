/**
 * Networks, their training, and the denoiser that comes out, on LibTorch.
 *
 * <p>An {@link dev.langevin.tensor.Architecture} says how a network is wired ({@link dev.langevin.tensor.UNet} and {@link
 * dev.langevin.tensor.UNet2D} for images, {@link dev.langevin.tensor.Mlp} for points and feature vectors, {@link
 * dev.langevin.tensor.Conservative} around any of them for an energy, around a {@link
 * dev.langevin.tensor.Perceptron} for that of one density, {@link dev.langevin.objective.EnergyMatching}), by the name of a {@link dev.langevin.tensor.Size} or by a
 * configuration; a {@link dev.langevin.tensor.NetworkFunction} is one with weights, as it answers by itself; {@link dev.langevin.tensor.TrainingSettings} add the objective and the optimizer's numbers;
 * a {@link dev.langevin.tensor.Trainer} fits the weights to rows of floats, one step at a time, and is stopped and taken up by a
 * {@link dev.langevin.tensor.Checkpoint}; a {@link dev.langevin.tensor.NetworkDenoiser} is the result, a {@link
 * dev.langevin.diffusion.Denoiser} like any other, of one class where the network knows {@link dev.langevin.tensor.Labels}; a {@link
 * dev.langevin.tensor.NetworkEnergy} gives densities to the first door. A {@link dev.langevin.tensor.Classifier}, trained by a {@link
 * dev.langevin.tensor.ClassifierTrainer}, is apart from these: its {@link dev.langevin.tensor.ClassifierFunction} gives the features on which images are compared. The {@link dev.langevin.tensor.Backend} is loaded when the first of them is used.
 *
 * <table>
 *   <caption>What is used, and where it comes from</caption>
 *   <tr><td>preconditioning, loss, noise levels</td><td>Karras, Aittala, Aila &amp; Laine 2022 (in core's {@code objective})</td></tr>
 *   <tr><td>U-Net</td><td>Ronneberger, Fischer &amp; Brox 2015; Ho, Jain &amp; Abbeel 2020</td></tr>
 *   <tr><td>UNet2DModel: blocks, settings, names of weights</td><td>Hugging Face diffusers, after Ho et al. 2020 and Song et al. 2021</td></tr>
 *   <tr><td>guidance without a classifier: labels, and one for none</td><td>Ho &amp; Salimans 2022</td></tr>
 *   <tr><td>a score over σ, frequencies of ln σ</td><td>Song &amp; Ermon 2020; Tancik et al. 2020; Song et al. 2021</td></tr>
 *   <tr><td>energies learned as denoisers</td><td>Salimans &amp; Ho 2021; Du et al. 2023</td></tr>
 *   <tr><td>scale and shift by the noise level</td><td>Nichol &amp; Dhariwal 2021</td></tr>
 *   <tr><td>patches in place of pixels</td><td>Hoogeboom, Heek &amp; Salimans 2023</td></tr>
 *   <tr><td>AdamW, half a cosine</td><td>Loshchilov &amp; Hutter 2017, 2019</td></tr>
 *   <tr><td>autoencoders, for diffusion in their latents</td><td>Rombach et al. 2022</td></tr>
 *   <tr><td>consistency functions taught by a denoiser</td><td>Song, Dhariwal, Chen &amp; Sutskever 2023</td></tr>
 *   <tr><td>moving average of the weights</td><td>Polyak &amp; Juditsky 1992; Karras et al. 2022</td></tr>
 *   <tr><td>averages that are chosen after the run ({@link dev.langevin.tensor.TrailingAverages})</td><td>Karras et al. 2024</td></tr>
 * </table>
 *
 * <p><b>Conventions.</b> Rows are {@code double} outside and 32-bit {@code float} inside; {@link dev.langevin.tensor.Precision} says in which numbers training multiplies. Data are
 * centred and scaled to a standard deviation of 0.5 by the caller. Randomness is addressed (start weights by parameter name; order, noise
 * and dropout by step), and work is cut into pieces by rows, never by threads: the same settings and data give the same bytes for any
 * number of threads, on one kind of processor. No type of the backend shows in a public signature.
 *
 * <p><b>One U-Net, two recipes.</b> {@code UNetNetwork} wires both. {@link dev.langevin.tensor.UNet} is what the defaults below were found
 * with: patches, noise features of its own, normalisation groups that grow with the channels, a start at the identity. {@link
 * dev.langevin.tensor.UNet2D} has diffusers' settings and PyTorch's start, and its weights are read and written by diffusers. They
 * differ in numbers only, so there is one set of blocks; they are two records because diffusers has no setting for what {@code UNet}
 * does, and its models would no longer be the ones that were measured. Files of either kind say which they are.
 *
 * <p><b>The defaults, measured.</b> 1,797 digits of 8×8 pixels, {@code Architecture.fitting({1, 8, 8})} (569,156 weights), 4000 steps
 * of 64 rows: 223 s of processor time on two cores of a busy Xeon (AVX-512), 28 ms a step and so just under two minutes where they are free. Loss 0.491 (mean of
 * the first 400 steps), 0.394, 0.376, 0.366, 0.354, 0.347, 0.339, 0.333, 0.329, 0.327. Of 1000 samples by Heun's method in 18 steps, 93 %
 * are as near to a training digit as 95 % of the digits are to another, the median distance is the digits' own (16.1), and 2.8 % are nearer
 * than the nearest 5 % of the digits are to each other: no copying. Tried in shorter runs and left: no patches (16 channels on 8×8 pixels:
 * 82 % after 106 s of processor time, where patches had 86 % after 44 s), EDM's own noise levels (3 points less), three quarters of the
 * channels and half as many steps again (2 points less), half or twice the learning rate (1 to 3 points less), attention at
 * 4×4 (nothing gained), a perceptron on 64 pixels (far behind). 40 steps of Heun's method instead of 18 give 2 points more. A mixture in the
 * plane: 1500 steps of 512 rows bring the network's error to 0.02 c_out.
 *
 * <p><b>To add a network:</b> a record beside {@code Mlp}, its wiring beside {@code MlpNetwork}, a line in {@link
 * dev.langevin.tensor.Architecture}, and an entry in the tests' lists of architectures; the laws there (every gradient is the slope of the
 * loss, every weight has an effect, rows are independent) ask for the rest.
 *
 * <p>May import core's {@code density, diffusion, solver, objective, random} and {@code math} only, and no file, clock or environment variable.
 */
@NullMarked
package dev.langevin.tensor;

import org.jspecify.annotations.NullMarked;
