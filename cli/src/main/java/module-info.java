/** The command line. */
module dev.langevin.cli {
  requires dev.langevin.app;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires static transitive org.jspecify;

  opens dev.langevin.cli to
      info.picocli;

  provides System.LoggerFinder with
      dev.langevin.cli.Logs;
}
