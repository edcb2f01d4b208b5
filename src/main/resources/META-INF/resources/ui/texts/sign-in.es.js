export default {
  'access.out.here': 'Ha cerrado la sesión.',
  'access.open': 'En este servidor no hay que iniciar sesión.',
  'access.floor': 'Ir a la sala',
  'access.done': 'Sesión iniciada',
  'access.close': 'Puede cerrar esta ventana.',
  'access.unexpected': 'Ha pasado demasiado tiempo, o se empezó en otra ventana. Vuelva a iniciar sesión.',
  'access.declined': 'No se ha iniciado la sesión.',
  'access.refused': 'Se le conoce, pero aquí no tiene acceso: su cuenta no nombra ningún cliente de este servidor, o ningún rol. Pregunte a quien administra las cuentas.',
  'access.unavailable': 'Ahora mismo no se puede iniciar sesión. Inténtelo más tarde.',
};
