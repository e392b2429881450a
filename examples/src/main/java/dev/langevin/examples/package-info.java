/** The documentation's Java examples: compiled with the library, run by its tests, quoted by the README. */
@NullMarked
package dev.langevin.examples;

import org.jspecify.annotations.NullMarked;
