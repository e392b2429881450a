package dev.langevin.wrong.unheard;

/** Lives in a package that has no row in the table and no package-info. */
public interface Newcomer {}
