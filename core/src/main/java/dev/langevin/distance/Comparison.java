package dev.langevin.distance;

/**
 * A distance beside its floor.
 *
 * @param name the distance's name
 * @param measured between the sample and real rows
 * @param floor between real rows and other real rows, as many as in {@code measured}; its standard error is the scatter of one such
 *     comparison
 * @param reading what that means, one plain sentence
 */
public record Comparison(String name, Estimate measured, Estimate floor, String reading) {}
