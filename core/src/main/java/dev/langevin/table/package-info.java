/**
 * Data in memory: a {@link dev.langevin.table.Dataset} is rows of finite numbers with a shape.
 *
 * <p>May import {@code math} only.
 */
@NullMarked
package dev.langevin.table;

import org.jspecify.annotations.NullMarked;
