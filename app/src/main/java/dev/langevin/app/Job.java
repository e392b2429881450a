package dev.langevin.app;

import java.io.IOException;

/**
 * One thing that a user asks for, with all its settings: an immutable record that refuses nonsense when it is made (an {@link
 * IllegalArgumentException} naming parameter, constraint and value). The menu is closed: the command line offers these and no
 * others.
 */
public sealed interface Job
    permits SampleJob,
        SamplersJob,
        SolversJob,
        ShowJob,
        ExplainJob,
        ExplainModelJob,
        CheckJob,
        SpinJob,
        EvidenceJob,
        MinimiseJob,
        DiagnoseJob,
        TargetsJob,
        FitJob,
        FeaturesJob,
        DistillJob,
        GenerateJob,
        ExportJob,
        LikelihoodJob,
        EvaluateJob,
        EmaJob,
        DemoJob {
  /**
   * Does it: reads, computes, writes, and says what came out. Asks {@link Console#cancelled()} between steps; when told to stop it
   * writes what is done, says so, and returns {@link Ending#STOPPED}.
   *
   * @throws dev.langevin.io.InputError if what the user gave cannot be used
   * @throws IOException if a file cannot be read or written
   */
  Ending run(Console console) throws IOException;
}
