/**
 * Networks, their training, and the denoiser that comes out, on LibTorch.
 */
@NullMarked
package dev.langevin.tensor;

import org.jspecify.annotations.NullMarked;
