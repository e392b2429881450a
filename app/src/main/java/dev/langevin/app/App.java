package dev.langevin.app;

import dev.langevin.io.InputError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.function.Supplier;

/** Runs a {@link Job} and turns what can go wrong into one line for the user and an exit status. */
public final class App {
  /** Exit status after an error that the user can mend. */
  public static final int USER_ERROR = 2;

  private App() {}

  /** Runs a job; see {@link #run(Supplier, Console)}. */
  public static int run(Job job, Console console) {
    return run(() -> job, console);
  }

  /**
   * Makes a job and runs it. A setting that the job refuses, input that cannot be used and files that cannot be read or written
   * become one line {@code place: problem. remedy}; anything else is a bug and flies on.
   *
   * @return the exit status: 0, 2 after a user's error, 130 after a stop by the user
   */
  public static int run(Supplier<? extends Job> maker, Console console) {
    Job job;
    try {
      job = maker.get();
    } catch (IllegalArgumentException refused) {
      console.error(oneLine(refused));
      return USER_ERROR;
    } catch (InputError refused) {
      console.error(oneLine(refused));
      return USER_ERROR;
    }
    try {
      return job.run(console).status();
    } catch (InputError unusable) {
      console.error(oneLine(unusable));
    } catch (UncheckedIOException failed) {
      IOException cause = failed.getCause();
      console.error(cause == null ? oneLine(failed) : say(cause));
    } catch (IOException failed) {
      console.error(say(failed));
    }
    return USER_ERROR;
  }

  private static String oneLine(RuntimeException error) {
    return String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }

  private static String say(IOException error) {
    if (!(error instanceof FileSystemException file)) {
      return "files: " + error.getMessage() + ". Check that the disk is there and has space left.";
    }
    String place = file.getFile() + ": ";
    if (error instanceof NoSuchFileException) {
      return place + "no such file or folder. Check the path.";
    }
    if (error instanceof AccessDeniedException) {
      return place + "permission denied. Choose a place that you may read and write.";
    }
    if (error instanceof FileAlreadyExistsException) {
      return place + "is a file already. Choose another name, or move it away.";
    }
    if (error instanceof NotDirectoryException) {
      return place + "is not a folder. Choose another name, or move it away.";
    }
    return place + file.getReason() + ". Check the path and the space left on the disk.";
  }
}
