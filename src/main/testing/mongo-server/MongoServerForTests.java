import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A MongoDB-compatible server on the loopback address, with its documents in a file: `PORT FILE`; port 0 takes a free
 * one. It prints its port on a line, and ends with its standard input, so never later than the test that started it.
 */
public class MongoServerForTests {
  /** The oldest server that the driver speaks with, so that nothing is asked of a newer one. */
  static final MongoVersion OLDEST = new MongoVersion() {
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    public int getWireVersion() {
      return 9;
    }
  };

  /**
   * Dates of MongoDB are whole milliseconds; this backend's `$currentDate` keeps finer ones, which no client ever sees and
   * which compare as greater than themselves.
   */
  static class Backend extends H2Backend {
    Backend(String file) {
      super(file);
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
      if (query.get("updates") instanceof Iterable<?> updates) {
        for (Object each : updates) wholeMilliseconds(((Document) each).get("u"));
      }
      wholeMilliseconds(query.get("update"));
      return super.handleCommand(channel, database, command, query);
    }

    private static void wholeMilliseconds(Object update) {
      if (!(update instanceof Document changes) || !(changes.remove("$currentDate") instanceof Document dates)) return;
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      Document set = changes.get("$set") instanceof Document others ? others : new Document();
      for (String path : dates.keySet()) set.put(path, now);
      changes.put("$set", set);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Backend backend = new Backend(arguments[1]);
    MongoServer server = new MongoServer(backend.version(OLDEST));
    server.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    // The backend keeps the last second of writes in memory: only a clean end has them in the file.
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println(server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {
    }
    System.exit(0);
  }
}
