export { type RoomPolicy, roomPolicy } from './country-rules.ts';
export { roomWatch, startRoomWatch } from './desk-watch.ts';
export { paperConsumer } from './paper.ts';
export { type RoomDependencies, roomRoutes } from './routes.ts';
export { RoomService } from './service.ts';
