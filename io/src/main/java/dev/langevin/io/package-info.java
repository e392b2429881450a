/** placeholder */
@NullMarked
package dev.langevin.io;

import org.jspecify.annotations.NullMarked;
