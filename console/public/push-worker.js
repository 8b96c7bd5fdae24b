// Shows what the centre pushes to this browser, and opens the page behind it. It keeps nothing and reads no request of a page.
self.addEventListener('push', (event) => {
  const message = readMessage(event.data);
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      tag: message.tag,
      renotify: message.tag !== '',
      requireInteraction: message.urgent,
      icon: '/keng.svg',
      data: { url: message.url },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? '/'));
});

// Every push must be shown: a browser that gets a silent one takes the subscription away.
function readMessage(data) {
  let message = {};
  try {
    message = data?.json() ?? {};
  } catch {
    // Not ours, or cut off: something is better than nothing.
  }
  const text = (value, otherwise) => (typeof value === 'string' ? value.slice(0, 500) : otherwise);
  return {
    title: text(message.title, '114'),
    body: text(message.body, ''),
    tag: text(message.tag, ''),
    url: text(message.url, null),
    urgent: message.urgent === true,
  };
}

// Only pages of this very centre: whatever else a message names is not opened.
async function open(url) {
  const page = new URL(url, self.location.origin);
  const target = page.origin === self.location.origin ? page.href : self.location.origin;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find((one) => one.url === target);
  if (there) return there.focus();
  return self.clients.openWindow(target);
}
