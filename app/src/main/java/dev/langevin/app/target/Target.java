package dev.langevin.app.target;

import dev.langevin.density.Model;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A density that ships.
 *
 * @param name as on the command line
 * @param description what it is, in one line
 * @param dimension d, the number of unconstrained coordinates
 * @param model makes the model; reads its data, if any
 * @param reference what is known about its moments
 */
public record Target(
    String name,
    String description,
    int dimension,
    Supplier<Model> model,
    Optional<Reference> reference) {}
