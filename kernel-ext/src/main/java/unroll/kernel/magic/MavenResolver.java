package unroll.kernel.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.TransferListener;

/** Finds the jars of libraries and of all that they need. */
final class MavenResolver {
  private static final String RUNTIME = "runtime";

  private final MavenSettings settings;
  private final TransferListener progress;

  MavenResolver(MavenSettings settings, TransferListener progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Finds jars, and fetches those that are not there yet.
   *
   * @param coordinates group:artifact:version each; with group:artifact:jar:classifier:version a
   *     special build
   * @throws MagicException if a library is not there or cannot be fetched; says which and why
   */
  List<Path> resolve(List<String> coordinates) throws Exception {
    var wanted = new ArrayList<Dependency>();
    for (var one : coordinates) {
      wanted.add(new Dependency(artifact(one), RUNTIME));
    }
    try (RepositorySystem system = new RepositorySystemSupplier().get();
        var session =
            new SessionBuilderSupplier(system)
                .get()
                .withLocalRepositoryBaseDirectories(settings.localFolder())
                .setOffline(settings.offline())
                .setMirrorSelector(settings.mirrors())
                .setProxySelector(settings.proxies())
                .setAuthenticationSelector(settings.authentication())
                .setTransferListener(progress)
                .setSystemProperties(System.getProperties())
                .build()) {
      var repositories = system.newResolutionRepositories(session, settings.repositories());
      var collect = new CollectRequest(wanted, List.of(), repositories);
      // the session leaves out what is only for tests, optional, or provided elsewhere
      var found = system.resolveDependencies(session, new DependencyRequest(collect, null));
      return found.getArtifactResults().stream()
          .map(result -> result.getArtifact().getPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw refusal(e, coordinates);
    }
  }

  private static DefaultArtifact artifact(String coordinates) {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new MagicException("expected GROUP:ARTIFACT:VERSION, got '" + coordinates + "'");
    }
  }

  private MagicException refusal(DependencyResolutionException e, List<String> coordinates) {
    var what = String.join(", ", coordinates);
    if (settings.offline()) {
      return new MagicException(
          "Maven is set to work offline, and not all of %s is in %s"
              .formatted(what, settings.localFolder()));
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ArtifactNotFoundException missing) {
        var artifact = missing.getArtifact();
        return new MagicException(
            "there is no %s:%s:%s in %s; is it spelled right?"
                .formatted(
                    artifact.getGroupId(),
                    artifact.getArtifactId(),
                    artifact.getVersion(),
                    settings.repositories().stream()
                        .map(repository -> repository.getId())
                        .collect(Collectors.joining(" or "))));
      }
    }
    return new MagicException(
        "%s cannot be fetched, and not all of it is in %s; is this machine online? (%s)"
            .formatted(what, settings.localFolder(), root(e)));
  }

  private static String root(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
