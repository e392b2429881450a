package dev.langevin.io;

import dev.langevin.interchange.SchedulerConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Every parser of bytes from outside, with valid files to start from. */
enum Parsers {
  CSV("d.csv") {
    @Override
    Object parse(Path file) {
      return Datasets.read(file, ReadOptions.defaults().withLabel("k"));
    }

    @Override
    List<byte[]> seeds() throws IOException {
      return List.of(
          text("# c\na,\"b\",k\n1,2.5e3,x\n-4,5,y\n"),
          text("a;k\n1;2\n3;4\n"),
          text("\uFEFFa\tk\r\n1\t2\r\n"),
          zipped(text("a,k\n" + "0.125,3\n".repeat(50))));
    }
  },
  NPY("a.npy") {
    @Override
    Object parse(Path file) {
      return Datasets.read(file);
    }

    @Override
    List<byte[]> seeds() {
      return List.of(
          npy(1, "<f8", "False", "(2, 3)", 48),
          npy(2, "|u1", "True", "(2, 2, 2)", 8),
          npy(3, ">i2", "False", "(4,)", 8));
    }
  },
  IDX("a-idx") {
    @Override
    Object parse(Path file) {
      return Datasets.read(file);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 9, 8, 7, 6};
      byte[] floats = {0, 0, 13, 1, 0, 0, 0, 1, 0x3F, (byte) 0x80, 0, 0};
      return List.of(images, floats, zipped(images));
    }
  },
  IMAGE("a.png") {
    @Override
    Object parse(Path file) {
      Path folder = file.resolveSibling("images");
      try {
        Files.createDirectories(folder);
        Files.copy(
            file, folder.resolve("a.png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Datasets.read(folder);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      return List.of(
          image("png", BufferedImage.TYPE_BYTE_GRAY),
          image("png", BufferedImage.TYPE_3BYTE_BGR),
          image("png", BufferedImage.TYPE_BYTE_INDEXED),
          image("jpg", BufferedImage.TYPE_3BYTE_BGR),
          image("jpg", BufferedImage.TYPE_BYTE_GRAY));
    }
  },
  STAN_CSV("chain-1.csv") {
    @Override
    Object parse(Path file) {
      return StanCsv.read(file);
    }

    @Override
    List<byte[]> seeds() {
      return List.of(
          text(
              "# method = sample (Default)\n# save_warmup = 1\n# num_warmup = 1\nlp__,a.1,a.2\n-1,2,3\n4,nan,-inf\n"),
          text("lp__,x\n1,2\n# Adaptation terminated\n# Step size = 0.1\n3,4\n"));
    }
  },
  SAFETENSORS("m.safetensors") {
    @Override
    Object parse(Path file) {
      return Safetensors.read(file);
    }

    @Override
    List<byte[]> seeds() {
      return List.of(
          SafetensorsTest.file(
              "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                  + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,1],\"data_offsets\":[8,10]}}  ",
              new byte[10]),
          SafetensorsTest.file("{}", new byte[0]));
    }
  },
  SAFETENSORS_INDEX("diffusion_pytorch_model.safetensors.index.json") {
    @Override
    Object parse(Path file) {
      return diffusers(file, "unet/" + this.file);
    }

    @Override
    List<byte[]> seeds() {
      return List.of(
          text(
              "{\"metadata\":{\"total_size\":12},\"weight_map\":{\"conv_in.weight\":\"a.safetensors\","
                  + "\"mid_block.attentions.0.to_q.bias\":\"a.safetensors\"}}"));
    }
  },
  MODEL_INDEX("model_index.json") {
    @Override
    Object parse(Path file) {
      return diffusers(file, DiffusersFolderTest.INDEX);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      return List.of(DiffusersFolderTest.resource("pipeline/" + DiffusersFolderTest.INDEX));
    }
  },
  NETWORK_CONFIG("config.json") {
    @Override
    Object parse(Path file) {
      return diffusers(file, DiffusersFolderTest.NETWORK);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      return List.of(DiffusersFolderTest.resource("pipeline/" + DiffusersFolderTest.NETWORK));
    }
  },
  SCHEDULER_CONFIG("scheduler_config.json") {
    /** What is read has a meaning here or is refused by the name of a setting. */
    @Override
    Object parse(Path file) {
      DiffusersFolder read = diffusers(file, DiffusersFolderTest.SCHEDULER);
      try {
        return SchedulerConfig.of(read.scheduler()).run(3);
      } catch (IllegalArgumentException refused) {
        throw new InputError(file, String.valueOf(refused.getMessage()), "");
      }
    }

    @Override
    List<byte[]> seeds() throws IOException {
      return List.of(
          DiffusersFolderTest.resource("pipeline/" + DiffusersFolderTest.SCHEDULER),
          text(
              "{\"_class_name\":\"DPMSolverMultistepScheduler\",\"lambda_min_clipped\":-Infinity,\"num_train_timesteps\":9,"
                  + "\"use_karras_sigmas\":true,\"trained_betas\":[0.1,0.2,0.3,0.4,0.5,0.6]}"));
    }
  },
  CHECKPOINT("chain-1.checkpoint") {
    @Override
    Object parse(Path file) {
      return CheckpointFile.read(file);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      Path file = Files.createTempFile("langevin", ".checkpoint");
      CheckpointFile.write(file, RunFolderTest.CHECKPOINT);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return List.of(bytes);
    }
  },
  JSON("a.json") {
    @Override
    Object parse(Path file) {
      return Json.read(file);
    }

    @Override
    List<byte[]> seeds() {
      return List.of(text("{\"a\":[1,2.5,true,null,\"\\u00e9\"],\"b\":{\"c\":{}}}"));
    }
  },
  PROVENANCE("p.csv") {
    @Override
    Object parse(Path file) {
      return Provenance.of(file);
    }

    @Override
    List<byte[]> seeds() throws IOException {
      Path picture = Files.createTempFile("provenance", ".png");
      try {
        Images.writePng(
            picture, new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), Origins.ALL);
        return List.of(text(Origins.ALL.comments() + "a\n1\n"), Files.readAllBytes(picture));
      } finally {
        Files.delete(picture);
      }
    }
  },
  ZARR_METADATA(".zarray") {
    @Override
    Object parse(Path file) {
      return zarr(file, ".zarray");
    }

    @Override
    List<byte[]> seeds() {
      return List.of(
          text(
              "{\"zarr_format\":2,\"shape\":[2,3],\"chunks\":[2,2],\"dtype\":\"<f8\",\"compressor\":{\"id\":\"zlib\"},"
                  + "\"fill_value\":0,\"order\":\"C\",\"filters\":null}"),
          text(
              "{\"zarr_format\":2,\"shape\":[2,3],\"chunks\":[1,3],\"dtype\":\"|u1\",\"compressor\":null,"
                  + "\"fill_value\":\"NaN\",\"order\":\"C\",\"filters\":null,\"dimension_separator\":\"/\"}"));
    }
  },
  ZARR_CHUNK("0.0") {
    @Override
    Object parse(Path file) {
      return zarr(file, "0.0");
    }

    @Override
    List<byte[]> seeds() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (var deflater = new java.util.zip.DeflaterOutputStream(out)) {
        deflater.write(new byte[32]);
      }
      return List.of(out.toByteArray());
    }
  };

  /** What the file is called. */
  final String file;

  Parsers(String file) {
    this.file = file;
  }

  /** Gives a value or throws {@link InputError}; anything else is a mistake. */
  abstract Object parse(Path file);

  abstract List<byte[]> seeds() throws IOException;

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] npy(int version, String type, String fortran, String shape, int bytes) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }  \n";
    return ArrayFilesTest.npy(version, header, new byte[bytes]);
  }

  private static byte[] image(String format, int type) throws IOException {
    BufferedImage picture = new BufferedImage(9, 7, type);
    for (int i = 0; i < 63; i++) {
      picture.setRGB(i % 9, i / 9, 0xFF000000 | i * 40503);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, format, out);
    return out.toByteArray();
  }

  /** A pipeline of which one file is the given one. */
  private static DiffusersFolder diffusers(Path file, String name) {
    Path folder = file.resolveSibling("diffusers");
    try {
      Path shard = folder.resolve("unet/a.safetensors");
      if (!Files.exists(shard)) {
        DiffusersFolderTest.create(folder);
        Files.copy(folder.resolve("unet/" + DiffusersFolderTest.WEIGHTS), shard);
      }
      if (name.endsWith("index.json") && name.startsWith("unet")) {
        Files.deleteIfExists(folder.resolve("unet/" + DiffusersFolderTest.WEIGHTS));
      }
      Files.copy(file, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DiffusersFolder.read(folder);
  }

  /** A posterior with one array, of which one file is the given one. */
  private static Object zarr(Path file, String name) {
    Path root = file.resolveSibling("z");
    Path x = root.resolve("posterior/x");
    try {
      Beside.deleteTree(root);
      Files.createDirectories(x);
      Files.writeString(root.resolve("posterior/.zgroup"), "{\"zarr_format\":2}");
      Files.writeString(x.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\":[\"chain\",\"draw\"]}");
      List<byte[]> metadata = new ArrayList<>(ZARR_METADATA.seeds());
      Files.write(x.resolve(".zarray"), metadata.get(0));
      Files.write(x.resolve("0.0"), ZARR_CHUNK.seeds().get(0));
      Files.copy(file, x.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("draws", ZarrDraws.read(root));
  }
}
