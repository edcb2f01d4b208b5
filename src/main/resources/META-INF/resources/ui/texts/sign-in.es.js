export default {
  'access.out.here': 'Has cerrado la sesión.',
  'access.done': 'Sesión iniciada',
  'access.close': 'Puedes cerrar esta ventana.',
  'access.unexpected': 'Ha pasado demasiado tiempo, o se empezó en otra ventana. Vuelve a iniciar sesión.',
  'access.declined': 'No se ha iniciado la sesión.',
  'access.refused': 'Se te conoce, pero aquí no tienes acceso: tu cuenta no nombra ningún cliente de este servidor, o ningún rol. Pregunta a quien administra las cuentas.',
  'access.unavailable': 'Ahora mismo no se puede iniciar sesión. Inténtalo más tarde.',
};
