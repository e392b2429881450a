package dev.langevin.tensor;

import java.util.function.IntUnaryOperator;

/**
 * What all blocks of a network have in common.
 *
 * @param groups how many groups a number of channels is normalised in
 * @param epsilon added to the variance of a group
 * @param scaleShift the noise level scales and shifts the second normalisation (Nichol &amp; Dhariwal 2021), or is added before it
 *     (Ho, Jain &amp; Abbeel 2020)
 * @param smooth the network will be differentiated twice: attention is then written out, because the backend's fused one has a first
 *     derivative only
 */
record Style(
    IntUnaryOperator groups,
    double epsilon,
    Activation activation,
    boolean scaleShift,
    boolean smooth) {}
