package dev.langevin.wrong.chain;

/** Has a name that says nothing. */
public interface ChainManager {}
