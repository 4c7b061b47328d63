import type { PlaceId } from '../../src/domain/parameters/background.ts'

/** The package the panoramas come from; its environments are Poly Haven's (https://polyhaven.com/hdris), CC0-1.0. */
export const SOURCE_PACKAGE = '@pmndrs/assets'
export const SOURCE_VERSION = '1.7.0'

/** SHA-256 of each panorama's OpenEXR bytes in that version. */
export const SOURCES: Readonly<Record<PlaceId, string>> = {
  apartment: '31c62c03b5686b3d899071070ec1bfc760a3ddc1e6a05915ebc28102fef2fb1c',
  bridge: '921f8b95cd1ae8bda602d4d395d8ce5574975ae0df626504eb4387cc963212ea',
  city: '82847b3f3e2073d16647be2eb5712dc0f7e37ddc9480a1d45f2270fe8cd048f6',
  dawn: '02529d0a04dbc6e761adb9b4f6bcb07b0ef3931b218b394ee6be68b1fe39ce79',
  esplanade: '2a3c5a870167dc1a1ad44115cd0c554cfde97fa6ca859f4f90f39771db90b54c',
  forest: '6fff311b5f3dad0910d8f334a6d9d88218ffd873d72c679ee1b7e4bccfa140e3',
  hall: '205a84e0108d40fb207e077db9bc68a15f329a8af8ee1f82c28524e967963b81',
  lab: '4f993660d9c53e97cb23f2d901e06aed9bc0323f6cd9079ec0de02e73634796e',
  lobby: '55b54fc7b4efc5e9fef27529208d4abe9614839307f40490b135ce75aa08b72c',
  night: '9509f1b917dbb4c98d63b92e9fd12fb79e3376d17ec3186e2de39543e32ce5ff',
  park: '00e78fd8fe0ac81f73eb3682b1a4e2e1b909148f1b06d1e52e771d4fec3d02a1',
  sky: 'a72412700b91a49080a582420476d2ab9a1e8fd181031f4ae7ec5e2596addc2a',
  studio: '08038ed9159c24bb732d2218dafa09cef2abaa44f9ce11ec511d87c842d88fad',
  sunrise: 'd48b92f8fd8d1e8eb111d90284a007f811a4d57abe4fa6faf10165287a3fe9c2',
  sunset: 'd09a4d7581f5454f13c3da3c323a231d00a34e60200de7654a895d2d41a7ceb7',
  venice: '8200c809a7032efaa7d9fa3a5c64939d7f07d26478bc2418af624150af90dac9',
  warehouse: 'bb11fe7e9c3037b8db21beab826a7ed7c452a48cb6d361f982ca7311aacba9c1',
  workshop: '793ca687c647e032c79ea3a67bd016ad3158d17506540cfa8fdd901550cc0a5d'
}
