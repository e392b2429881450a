/**
 * Networks, their training, and the denoiser that comes out, on LibTorch.
 *
 * <p>An {@link dev.langevin.tensor.Architecture} says how a network is wired ({@link dev.langevin.tensor.UNet} for images, {@link
 * dev.langevin.tensor.Mlp} for points); {@link dev.langevin.tensor.TrainingSettings} add the objective and the optimizer's numbers;
 * a {@link dev.langevin.tensor.Trainer} fits the weights to rows of floats, one step at a time, and is stopped and taken up by a
 * {@link dev.langevin.tensor.Checkpoint}; a {@link dev.langevin.tensor.NetworkDenoiser} is the result, a {@link
 * dev.langevin.diffusion.Denoiser} like any other. The {@link dev.langevin.tensor.Backend} is loaded when the first of them is used.
 *
 * <table>
 *   <caption>What is used, and where it comes from</caption>
 *   <tr><td>preconditioning, loss, noise levels</td><td>Karras, Aittala, Aila &amp; Laine 2022 (in core's {@code objective})</td></tr>
 *   <tr><td>U-Net</td><td>Ronneberger, Fischer &amp; Brox 2015; Ho, Jain &amp; Abbeel 2020</td></tr>
 *   <tr><td>scale and shift by the noise level</td><td>Nichol &amp; Dhariwal 2021</td></tr>
 *   <tr><td>patches in place of pixels</td><td>Hoogeboom, Heek &amp; Salimans 2023</td></tr>
 *   <tr><td>AdamW, half a cosine</td><td>Loshchilov &amp; Hutter 2017, 2019</td></tr>
 *   <tr><td>moving average of the weights</td><td>Polyak &amp; Juditsky 1992; Karras et al. 2022</td></tr>
 * </table>
 *
 * <p><b>Conventions.</b> Rows are {@code double} outside and 32-bit {@code float} inside; there is no 16-bit mode yet. Data are
 * centred and scaled to a standard deviation of 0.5 by the caller. Randomness is addressed (start weights by parameter name; order, noise
 * and dropout by step), and work is cut into pieces by rows, never by threads: the same settings and data give the same bytes for any
 * number of threads, on one kind of processor. No type of the backend shows in a public signature.
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
 * <p><b>To add a network:</b> a record beside {@code UNet}, its wiring beside {@code UNetNetwork}, a line in {@link
 * dev.langevin.tensor.Architecture}, and an entry in the tests' lists of architectures; the laws there (every gradient is the slope of the
 * loss, every weight has an effect, rows are independent) ask for the rest.
 *
 * <p>May import core's {@code diffusion, objective, random} and {@code math} only, and no file, clock or environment variable.
 */
@NullMarked
package dev.langevin.tensor;

import org.jspecify.annotations.NullMarked;
