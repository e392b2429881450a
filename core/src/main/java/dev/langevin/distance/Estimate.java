package dev.langevin.distance;

/**
 * A number and how far chance may have moved it.
 *
 * @param value the estimate
 * @param standardError one standard deviation of its sampling distribution; zero or positive
 */
public record Estimate(double value, double standardError) {}
