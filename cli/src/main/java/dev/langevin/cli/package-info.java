/**
 * The command line: flags in, a {@link dev.langevin.app.Job} out. It holds no arithmetic and no defaults of its own; those are
 * constants of the jobs.
 *
 * <p>The parts: {@link dev.langevin.cli.Main} names the sub-commands; each {@link dev.langevin.cli.Command} is a class of flags that
 * makes its job; {@link dev.langevin.cli.StreamConsole} speaks to the user, with bars on a terminal and plain lines elsewhere;
 * {@link dev.langevin.cli.Interrupts} hears Ctrl-C; {@link dev.langevin.cli.Logs} shows library messages.
 *
 * <p>Convention: results go to standard output, all else to standard error; exit status 0, 2 after a user's error, 130 after Ctrl-C.
 *
 * <p>To add a command: a class here that implements {@code Command}, and a line in {@code Main.COMMANDS}. May import only app, picocli
 * and the progress bar.
 */
@NullMarked
package dev.langevin.cli;

import org.jspecify.annotations.NullMarked;
