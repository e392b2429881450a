package dev.langevin.wrong.io;

/** Something that the command line must not know. */
public interface TableReader {}
