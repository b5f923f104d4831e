package unroll.kernel.magic;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/** What Maven's settings.xml says of repositories, mirrors, proxies and the local folder. */
final class MavenSettings {
  private final Settings settings;

  private MavenSettings(Settings settings) {
    this.settings = settings;
  }

  /** The settings in the user's home, above those of the installation that MAVEN_HOME names. */
  static MavenSettings ofThisUser() {
    var request = new DefaultSettingsBuildingRequest();
    request.setSystemProperties(System.getProperties());
    request.setUserSettingsFile(new File(System.getProperty("user.home"), ".m2/settings.xml"));
    var home = System.getenv("MAVEN_HOME");
    if (home != null) {
      request.setGlobalSettingsFile(new File(home, "conf/settings.xml"));
    }
    try {
      var builder = new DefaultSettingsBuilderFactory().newInstance();
      return new MavenSettings(builder.build(request).getEffectiveSettings());
    } catch (SettingsBuildingException e) {
      throw new MagicException("Maven's settings cannot be read: " + e.getMessage());
    }
  }

  /** Settings without a file, for a local folder. */
  static MavenSettings of(Path localFolder, boolean offline) {
    var settings = new Settings();
    settings.setLocalRepository(localFolder.toString());
    settings.setOffline(offline);
    return new MavenSettings(settings);
  }

  boolean offline() {
    return settings.isOffline();
  }

  Path localFolder() {
    var asked = System.getProperty("maven.repo.local", settings.getLocalRepository());
    return asked == null
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(asked);
  }

  /** The repositories that every Maven project has, and those of active profiles. */
  List<RemoteRepository> repositories() {
    var all = new ArrayList<RemoteRepository>();
    for (var profile : settings.getProfiles()) {
      boolean always =
          profile.getActivation() != null && profile.getActivation().isActiveByDefault();
      if (always || settings.getActiveProfiles().contains(profile.getId())) {
        profile.getRepositories().forEach(r -> all.add(repository(r.getId(), r.getUrl())));
      }
    }
    for (var own : superPomRepositories()) {
      if (all.stream().noneMatch(r -> r.getId().equals(own.getId()))) {
        all.add(repository(own.getId(), own.getUrl()));
      }
    }
    return all;
  }

  private static RemoteRepository repository(String id, String url) {
    var releases =
        new RepositoryPolicy(
            true, RepositoryPolicy.UPDATE_POLICY_DAILY, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
    return new RemoteRepository.Builder(id, "default", url).setReleasePolicy(releases).build();
  }

  /** Maven's own default, as its super POM has it. */
  private static List<org.apache.maven.model.Repository> superPomRepositories() {
    var place = "/org/apache/maven/model/pom-4.0.0.xml";
    try (var pom = DefaultModelBuilderFactory.class.getResourceAsStream(place)) {
      return new MavenXpp3Reader().read(pom).getRepositories();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XmlPullParserException e) {
      throw new IllegalStateException(e); // the library's own file
    }
  }

  DefaultMirrorSelector mirrors() {
    var mirrors = new DefaultMirrorSelector();
    settings
        .getMirrors()
        .forEach(
            m ->
                mirrors.add(
                    m.getId(),
                    m.getUrl(),
                    m.getLayout(),
                    false,
                    m.isBlocked(),
                    m.getMirrorOf(),
                    m.getMirrorOfLayouts()));
    return mirrors;
  }

  DefaultProxySelector proxies() {
    var proxies = new DefaultProxySelector();
    for (var proxy : settings.getProxies()) {
      if (proxy.isActive()) {
        var who =
            new AuthenticationBuilder()
                .addUsername(proxy.getUsername())
                .addPassword(proxy.getPassword());
        proxies.add(
            new org.eclipse.aether.repository.Proxy(
                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), who.build()),
            proxy.getNonProxyHosts());
      }
    }
    return proxies;
  }

  DefaultAuthenticationSelector authentication() {
    var servers = new DefaultAuthenticationSelector();
    for (var server : settings.getServers()) {
      var who =
          new AuthenticationBuilder()
              .addUsername(server.getUsername())
              .addPassword(server.getPassword());
      servers.add(server.getId(), who.build());
    }
    return servers;
  }
}
