package dev.langevin.io;

import java.nio.charset.StandardCharsets;

/** What a file is, by its first bytes; for those that are not read, what to do instead. */
enum FileKind {
  NPY("", ""),
  IDX("", ""),
  CSV("", ""),
  EMPTY("is empty", "check that the program that writes it has finished"),
  IMAGE(
      "is a single image; data are many of them",
      "put the images into a folder and name the folder"),
  ZIP(
      "is a zip archive (npz, xlsx and others)",
      "unpack it, and give a CSV, IDX or npy file, or a folder of PNG or JPEG images"),
  HDF5(
      "is an HDF5 file (or a NetCDF or MATLAB file made of it)",
      "save the array as npy: numpy.save(\"data.npy\", array)"),
  PARQUET("is a Parquet file", "save it as CSV: frame.to_csv(\"data.csv\", index=False)"),
  XZ("is compressed with xz, zstd or bzip2", "unpack it, or compress it with gzip"),
  BINARY(
      "is neither a CSV nor an IDX or npy file",
      "give one of these, or a folder of PNG or JPEG images");

  final String problem;
  final String remedy;

  FileKind(String problem, String remedy) {
    this.problem = problem;
    this.remedy = remedy;
  }

  static FileKind of(byte[] start) {
    if (start.length == 0) {
      return EMPTY;
    }
    if (Npy.isNpy(start)) {
      return NPY;
    }
    if (Idx.isIdx(start)) {
      return IDX;
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG") || text.startsWith("\u00FF\u00D8\u00FF")) {
      return IMAGE;
    }
    if (text.startsWith("PK\u0003\u0004")) {
      return ZIP;
    }
    if (text.startsWith("\u0089HDF")) {
      return HDF5;
    }
    if (text.startsWith("PAR1")) {
      return PARQUET;
    }
    if (text.startsWith("\u00FD7zXZ")
        || text.startsWith("BZh")
        || text.startsWith("\u0028\u00B5\u002F\u00FD")) {
      return XZ;
    }
    boolean utf16 = text.startsWith("\u00FF\u00FE") || text.startsWith("\u00FE\u00FF");
    return text.indexOf('\0') >= 0 && !utf16 ? BINARY : CSV;
  }
}
